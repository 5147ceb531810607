package io.github.securegrpc.certs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

import io.github.securegrpc.material.RefusedException;

/**
 * What an authority has revoked, as its depot says. Needs no key, and no passphrase.
 *
 * @param depot where the list is kept
 * @param name the name of the authority
 * @param authority the certificate of the authority
 * @since 0.1.0
 */
public record RevokedCertificates(Depot depot, String name, X509Certificate authority) {

	private static final int CRL_SIGN = 6;

	/**
	 * Tells whether a certificate of this authority is revoked.
	 * @param certificate the certificate
	 * @return {@code true} if it is
	 * @throws RefusedException if the list cannot be read, or another authority signed it
	 */
	public boolean contain(X509Certificate certificate) {
		return lists().stream().anyMatch((list) -> list.getRevokedCertificate(certificate.getSerialNumber()) != null);
	}

	/**
	 * Tells whether the list must be issued anew before anybody can go by it.
	 * @param now the time
	 * @return {@code true} if there is none, or if it is out of date; never of an
	 * authority from elsewhere that may not sign lists
	 * @throws RefusedException if the list cannot be read, or another authority signed it
	 */
	public boolean isDue(Instant now) {
		List<X509CRL> lists = lists();
		return maySignLists() && (lists.isEmpty() || lists.stream()
			.anyMatch((list) -> list.getNextUpdate() != null && !now.isBefore(list.getNextUpdate().toInstant())));
	}

	boolean maySignLists() {
		boolean[] keyUsage = this.authority.getKeyUsage();
		return keyUsage == null || keyUsage[CRL_SIGN];
	}

	List<X509CRL> lists() {
		Path file = this.depot.revocations(this.name);
		if (Files.notExists(file)) {
			return List.of();
		}
		X509CRL list = PemFile.revocations(file);
		requireSigned(list, file);
		return List.of(list);
	}

	private void requireSigned(X509CRL list, Path file) {
		try {
			list.verify(this.authority.getPublicKey());
		}
		catch (GeneralSecurityException ex) {
			throw new RefusedException(
					"%s: a list of %s that %s has not signed (expected: the list of this authority)".formatted(file,
							list.getIssuerX500Principal(), this.authority.getSubjectX500Principal()),
					"Restore the file from a backup: what it revoked must stay revoked.");
		}
	}

}
