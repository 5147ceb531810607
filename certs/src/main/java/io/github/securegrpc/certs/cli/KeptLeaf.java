package io.github.securegrpc.certs.cli;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.securegrpc.certs.RevokedCertificates;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.material.check.Issuer;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * A leaf that is there already, and why it would not do in the place of a new one.
 *
 * @param name the name of the leaf
 * @param file where it is kept
 * @param leaf the leaf
 */
record KeptLeaf(String name, Path file, X509Certificate leaf) {

	void requireIssuedBy(X509Certificate authority) {
		if (!Issuer.issued(authority, this.leaf)) {
			throw new RefusedException(
					"%s: issued by %s (expected: a leaf of %s)".formatted(this.file, this.leaf.getIssuerX500Principal(),
							authority.getSubjectX500Principal()),
					"Choose another name by --server or --client, or another --depot.");
		}
	}

	void requireValid(Instant now) {
		if (Validity.of(this.leaf, now) != Validity.VALID) {
			throw new RefusedException(
					"%s: valid from %s to %s, and it is %s (expected: a leaf that is valid now)".formatted(this.file,
							this.leaf.getNotBefore().toInstant(), this.leaf.getNotAfter().toInstant(), now),
					"Renew it first: secure-grpc-certs renew %s, with the same --depot and --ca.".formatted(this.name));
		}
	}

	void requireUnrevoked(RevokedCertificates revoked) {
		if (revoked.contain(this.leaf)) {
			throw new RefusedException("%s: revoked (expected: a leaf in use)".formatted(this.file),
					"Remove %1$s.key, %1$s.csr and %1$s.crt beside it and run the command again, which makes a new key, or choose another name by --server or --client."
						.formatted(this.name.replace(' ', '_')));
		}
	}

	void requireNames(List<SubjectAlternativeName> asked) {
		List<String> names = SubjectAlternativeNames.of(this.leaf);
		Set<SubjectAlternativeName> known = SubjectAlternativeName.of(this.leaf);
		List<SubjectAlternativeName> missing = asked.stream().filter((name) -> !known.contains(name)).toList();
		if (!missing.isEmpty()) {
			throw new RefusedException(
					"%s: names %s, but not %s (expected: the names asked for)".formatted(this.file, names, missing),
					("A renewal keeps the names: delete %s and run the command again, which issues a leaf with the "
							+ "names for the same key, or choose another name by --server.")
						.formatted(this.file));
		}
	}

}
