package io.github.securegrpc.rotation;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

import javax.security.auth.x500.X500Principal;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.Issuer;

/**
 * Refuses a replacement that lacks what is in force. What is in force was decided on:
 * client-auth without trust anchors, say, would be void.
 */
record LossCheck(MaterialOrigin origin, Instant now) {

	void check(TlsMaterial before, TlsMaterial next) {
		if (before.identity() != null) {
			checkIdentity(before.identity(), next);
		}
		// what has expired already is no loss, and keeps no renewed leaf from being taken
		if (before.trustAnchors() != null && (next.trustAnchors() == null
				|| (isExpired(next.trustAnchors()) && !isExpired(before.trustAnchors())))) {
			throw new RefusedException(
					"%s holds no valid trust anchor any more (expected: at least one)".formatted(this.origin.ca()),
					"Restore the CA certificates.");
		}
		if (before.revocationLists() != null) {
			checkLists(before, before.revocationLists(), next);
		}
	}

	private void checkIdentity(Identity before, TlsMaterial next) {
		if (next.identity() == null) {
			throw new RefusedException("%s holds no certificate any more".formatted(this.origin.cert()),
					"Restore the certificate and its key.");
		}
		X509Certificate last = next.identity().chain().get(next.identity().chain().size() - 1);
		if (lacksIntermediate(before.chain(), next.identity().chain()) && !isIssuedByOne(next.trustAnchors(), last)) {
			throw new RefusedException(
					"%s lacks the intermediate %s, which issued its last certificate; the chain in force has its intermediates (expected: leaf, then intermediates)"
						.formatted(this.origin.cert(), last.getIssuerX500Principal()),
					"Write the whole chain to the file, leaf first (certbot: fullchain.pem).");
		}
	}

	/*
	 * A chain that was presented with intermediates ends below a root. One that ends
	 * below an intermediate of the old one, or is a leaf of anybody but that root, is not
	 * whole.
	 */
	private static boolean lacksIntermediate(List<X509Certificate> before, List<X509Certificate> next) {
		List<X509Certificate> intermediates = before.stream().skip(1).filter((it) -> !isSelfIssued(it)).toList();
		X509Certificate last = next.get(next.size() - 1);
		if (intermediates.isEmpty() || isSelfIssued(last)) {
			return false;
		}
		X500Principal root = intermediates.get(intermediates.size() - 1).getIssuerX500Principal();
		return intermediates.stream().anyMatch((intermediate) -> Issuer.issued(intermediate, last))
				|| (next.size() == 1 && !last.getIssuerX500Principal().equals(root));
	}

	private static boolean isIssuedByOne(@Nullable TrustAnchors anchors, X509Certificate certificate) {
		return anchors != null
				&& anchors.certificates().stream().anyMatch((anchor) -> Issuer.issued(anchor, certificate));
	}

	private static boolean isSelfIssued(X509Certificate certificate) {
		return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
	}

	private boolean isExpired(TrustAnchors anchors) {
		return anchors.certificates().stream().allMatch((anchor) -> Validity.of(anchor, this.now) == Validity.EXPIRED);
	}

	private void checkLists(TlsMaterial before, RevocationLists lists, TlsMaterial next) {
		RevocationLists replacement = next.revocationLists();
		if (replacement == null) {
			throw new RefusedException("%s holds no revocation list any more".formatted(this.origin.crl()),
					"Restore the CRL.");
		}
		new RevocationLoss(before, next, this.now).find(lists, replacement).ifPresent((lost) -> {
			throw new RefusedException(
					"%s holds no current CRL of %s with the key, the scope and at least the number and date of the one in force, of %s (expected: that one or a newer one)"
						.formatted(this.origin.crl(), lost.getIssuerX500Principal(), lost.getThisUpdate().toInstant()),
					"Fetch the CRL from the CA again; all lists of all CAs belong into the file, of each key and each distribution point.");
		});
	}

}
