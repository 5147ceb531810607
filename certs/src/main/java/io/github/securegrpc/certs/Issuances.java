package io.github.securegrpc.certs;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.certs.key.Pem;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.check.Issuer;

/**
 * What was issued to a name and has not expired, in {@code <name>.issued} beside its
 * files: also the certificates that a renewal replaced, whose key is the same. Each is
 * here before it is put in place, so that none escapes a revocation, whatever is
 * interrupted. Other tools keep no such file; it begins with the first certificate that
 * is issued or renewed here.
 *
 * @param depot where the leaf is kept
 * @param name the name of the leaf
 */
record Issuances(Depot depot, String name) {

	Set<BigInteger> serials(X509Certificate issuer, Instant now) {
		Set<BigInteger> serials = new LinkedHashSet<>();
		for (X509Certificate certificate : unexpired(now)) {
			if (Issuer.issued(issuer, certificate)) {
				serials.add(certificate.getSerialNumber());
			}
		}
		return serials;
	}

	/**
	 * Refuses a key of which a certificate was revoked: whoever has it must not get
	 * another.
	 */
	void requireUnrevoked(PublicKey key, RevokedCertificates revoked, Instant now) {
		List<X509Certificate> same = unexpired(now).stream()
			.filter((certificate) -> Arrays.equals(certificate.getPublicKey().getEncoded(), key.getEncoded()))
			.toList();
		// the list is nobody's concern while no key comes back
		if (same.stream().anyMatch(revoked::contain)) {
			throw new RefusedException(
					"%s: a key whose certificate was revoked (expected: a key in use, or no file)"
						.formatted(this.depot.key(this.name)),
					"Remove it, with its request, to have a new key made, or choose another name.");
		}
	}

	X509Certificate put(X509Certificate leaf, Instant now) {
		add(List.of(leaf), now);
		this.depot.addCertificate(this.name, leaf);
		return leaf;
	}

	void add(List<X509Certificate> certificates, Instant now) {
		this.depot.alone(() -> {
			Set<X509Certificate> all = new LinkedHashSet<>(unexpired(now));
			all.addAll(certificates);
			ByteArrayOutputStream content = new ByteArrayOutputStream();
			all.stream().map(Pem::encode).forEach(content::writeBytes);
			this.depot.replaceIssued(this.name, content.toByteArray());
			return all;
		});
	}

	List<X509Certificate> unexpired(Instant now) {
		Path file = this.depot.issued(this.name);
		if (Files.notExists(file)) {
			return List.of();
		}
		return read(file).stream()
			.filter((certificate) -> !now.isAfter(certificate.getNotAfter().toInstant()))
			.toList();
	}

	private static List<X509Certificate> read(Path file) {
		try {
			return CertificateFile.read(file, PassphraseSource.NONE).certificates();
		}
		catch (RefusedException ex) {
			throw new RefusedException(String.valueOf(ex.getMessage()),
					"Restore the file from a backup: revoke must know what was issued.", ex);
		}
	}

}
