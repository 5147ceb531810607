package io.github.securegrpc.material.source;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslStoreBundle;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TrustAnchors;

/**
 * Trust anchors from the trust store of a bundle.
 */
record BundleTrustAnchors(NamedBundle bundle, AnchorSelection selection) implements MaterialPart<TrustAnchors> {

	@Override
	public @Nullable TrustAnchors load(LocationReader reader) {
		KeyStore store = this.bundle.store(SslStoreBundle::getTrustStore);
		if (store == null) {
			return null;
		}
		List<X509Certificate> anchors = new ArrayList<>();
		try {
			for (String alias : this.bundle.aliases(store)) {
				if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate anchor) {
					anchors.add(anchor);
				}
			}
		}
		catch (GeneralSecurityException ex) {
			throw this.bundle.unreadable(ex);
		}
		if (anchors.isEmpty()) {
			throw new RefusedException(
					"the trust store of %s holds no certificate (expected: at least one trust anchor)"
						.formatted(this.bundle),
					"Add the CA to the trust store, or leave the trust store out.");
		}
		return this.selection.select(this.bundle.toString(), anchors, List.of());
	}

	@Override
	public boolean canChange() {
		return true;
	}

	@Override
	public Set<Path> directories() {
		return Set.of();
	}

}
