package io.github.securegrpc.rotation;

import java.security.cert.X509Certificate;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.text.PrintableLog;

/**
 * Warns of a leaf that says that it is an authority, at the start and whenever another
 * comes: strict peers, ours among them, refuse it unless it is their trust anchor itself.
 */
final class AuthorityLeafWarning implements GenerationListener {

	private static final PrintableLog logger = PrintableLog.of(AuthorityLeafWarning.class);

	private final MaterialOrigin origin;

	private @Nullable X509Certificate looked;

	AuthorityLeafWarning(MaterialOrigin origin) {
		this.origin = origin;
	}

	@Override
	public Prepared prepare(Generation next) {
		Identity identity = next.material().identity();
		return new Prepared() {

			@Override
			public void take() {
				if (identity != null && !identity.leaf().equals(AuthorityLeafWarning.this.looked)) {
					AuthorityLeafWarning.this.looked = identity.leaf();
					look(identity.leaf());
				}
			}

			@Override
			public void discard() {
			}

		};
	}

	private void look(X509Certificate leaf) {
		if (leaf.getBasicConstraints() >= 0) {
			logger
				.warn(("%s: the leaf %s is an authority (expected: basic constraints CA:FALSE): a strict peer refuses it, "
						+ "unless it is in that peer's ca itself. Request one that is none; openssl req -x509 makes an authority "
						+ "unless -addext basicConstraints=CA:FALSE says otherwise.")
					.formatted(this.origin.cert(), leaf.getSubjectX500Principal()));
		}
	}

}
