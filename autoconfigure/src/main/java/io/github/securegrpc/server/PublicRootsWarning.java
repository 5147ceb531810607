package io.github.securegrpc.server;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.check.PublicRoots;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.rotation.GenerationListener;
import io.github.securegrpc.text.PrintableLog;

/**
 * Warns when the trust anchors of clients are public CAs of the web, at the start and
 * whenever others come: they issue certificates to anybody.
 */
final class PublicRootsWarning implements GenerationListener {

	private static final PrintableLog logger = PrintableLog.of(PublicRootsWarning.class);

	private final MaterialOrigin origin;

	private final ClientAuth clientAuth;

	private final PublicRoots roots = PublicRoots.ofThisJvm();

	private @Nullable TrustAnchors looked;

	PublicRootsWarning(MaterialOrigin origin, ClientAuth clientAuth) {
		this.origin = origin;
		this.clientAuth = clientAuth;
	}

	@Override
	public Prepared prepare(Generation next) {
		TrustAnchors anchors = next.material().trustAnchors();
		return new Prepared() {

			@Override
			public void take() {
				if (anchors != null && !anchors.equals(PublicRootsWarning.this.looked)) {
					PublicRootsWarning.this.looked = anchors;
					look(anchors);
				}
			}

			@Override
			public void discard() {
			}

		};
	}

	private void look(TrustAnchors anchors) {
		List<X509Certificate> found = this.roots.among(anchors);
		if (!found.isEmpty()) {
			logger.warn(("%s: %d of %d trust anchors are public CAs of the web, such as %s; anyone to whom one of them "
					+ "issues a certificate for clients passes client-auth %s (expected: the CA that issues your clients' "
					+ "certificates). Point it at your own CA, and say who may call by secure-grpc.authorization.rules.")
				.formatted(this.origin.ca(), found.size(), anchors.certificates().size(),
						found.get(0).getSubjectX500Principal(), this.clientAuth.name().toLowerCase(Locale.ROOT)));
		}
	}

}
