package io.github.securegrpc.certs;

import java.nio.file.Path;
import java.security.cert.X509Certificate;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.CertificateStrength;
import io.github.securegrpc.material.check.Issuer;

/**
 * Which leaves an authority does not issue, renew or revoke, in words.
 *
 * @param file where the leaf, or the request for it, is kept
 * @param leaf the leaf
 */
record LeafRefusals(Path file, X509Certificate leaf) {

	void issuedByAnother(X509Certificate authority) {
		if (!Issuer.issued(authority, this.leaf)) {
			throw new RefusedException(
					"%s: issued by %s, and not by this authority (expected: a leaf of %s)".formatted(this.file,
							this.leaf.getIssuerX500Principal(), authority.getSubjectX500Principal()),
					"Name the authority that issued it.");
		}
	}

	void authority() {
		if (this.leaf.getBasicConstraints() >= 0) {
			throw new RefusedException("%s: the certificate of an authority (expected: a leaf)".formatted(this.file),
					"Name a leaf; in the place of an authority comes a new one.");
		}
	}

	void withoutNames() {
		if (SubjectAlternativeName.of(this.leaf).isEmpty()) {
			throw new RefusedException(
					"%s: no subject alternative name (expected: at least one, peers read no other name)"
						.formatted(this.file),
					"Issue a leaf with names under another name.");
		}
	}

	void weakKey() {
		String weakness = CertificateStrength.weakKey(this.leaf);
		if (weakness != null) {
			throw new RefusedException("%s: a request for %s (expected: RSA of 2048 bits or more, EC or Ed25519)"
				.formatted(this.file, weakness), "Make the request again with a stronger key.");
		}
	}

	void revoked(RevokedCertificates revoked) {
		if (revoked.contain(this.leaf)) {
			throw new RefusedException("%s: revoked (expected: a leaf in use)".formatted(this.file),
					"Issue a new leaf, with a new key, under another name.");
		}
	}

}
