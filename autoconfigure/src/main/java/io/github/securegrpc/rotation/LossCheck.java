package io.github.securegrpc.rotation;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.Issuer;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.Validity;

/**
 * Refuses a replacement that lacks what is in force. What is in force was decided on:
 * client-auth without trust anchors, say, would be void.
 */
record LossCheck(MaterialOrigin origin, Instant now) {

	void check(TlsMaterial before, TlsMaterial next) {
		if (before.identity() != null) {
			checkIdentity(before.identity(), next.identity());
		}
		if (before.trustAnchors() != null && (next.trustAnchors() == null || isExpired(next.trustAnchors()))) {
			throw new RefusedException(
					"%s holds no valid trust anchor any more (expected: at least one)".formatted(this.origin.ca()),
					"Restore the CA certificates.");
		}
		if (before.revocationLists() != null) {
			checkLists(before.revocationLists(), next.revocationLists());
		}
	}

	private void checkIdentity(Identity before, @Nullable Identity next) {
		if (next == null) {
			throw new RefusedException("%s holds no certificate any more".formatted(this.origin.cert()),
					"Restore the certificate and its key.");
		}
		if (lacksIntermediate(before.chain(), next.chain())) {
			throw new RefusedException(
					"%s lacks the intermediate %s, which issued its leaf and was presented so far (expected: leaf, then intermediates)"
						.formatted(this.origin.cert(), before.chain().get(1).getSubjectX500Principal()),
					"Write the whole chain to the file, leaf first (certbot: fullchain.pem).");
		}
	}

	private static boolean lacksIntermediate(List<X509Certificate> before, List<X509Certificate> next) {
		return before.size() > 1 && next.size() == 1 && Issuer.issued(before.get(1), next.get(0));
	}

	private boolean isExpired(TrustAnchors anchors) {
		return anchors.certificates().stream().allMatch((anchor) -> Validity.of(anchor, this.now) == Validity.EXPIRED);
	}

	private void checkLists(RevocationLists before, @Nullable RevocationLists next) {
		if (next == null) {
			throw new RefusedException("%s holds no revocation list any more".formatted(this.origin.crl()),
					"Restore the CRL.");
		}
		for (X509CRL list : next.lists()) {
			if (RevocationLists.isExpired(list, this.now)
					&& before.lists().stream().anyMatch((old) -> isBetter(old, list))) {
				throw new RefusedException(
						"%s: the CRL of %s expired at %s, and the one in force did not (expected: a newer one)"
							.formatted(this.origin.crl(), list.getIssuerX500Principal(),
									list.getNextUpdate().toInstant()),
						"Fetch the CRL from the CA again.");
			}
		}
	}

	private boolean isBetter(X509CRL old, X509CRL list) {
		return old.getIssuerX500Principal().equals(list.getIssuerX500Principal())
				&& !RevocationLists.isExpired(old, this.now);
	}

}
