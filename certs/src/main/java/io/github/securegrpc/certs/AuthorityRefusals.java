package io.github.securegrpc.certs;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * Which certificates are not those of an authority, in words.
 */
final class AuthorityRefusals {

	private static final int KEY_CERT_SIGN = 5;

	private AuthorityRefusals() {
	}

	static void unfit(Path file, X509Certificate certificate) {
		String fault = fault(certificate);
		if (fault != null) {
			throw new RefusedException(
					"%s: %s (expected: a self-signed certificate of an authority)".formatted(file, fault),
					"Name the files of the authority itself, not those of a leaf or of an intermediate.");
		}
	}

	static void invalid(X509Certificate authority, Instant now) {
		Instant notBefore = authority.getNotBefore().toInstant();
		Instant notAfter = authority.getNotAfter().toInstant();
		if (now.isBefore(notBefore) || !now.isBefore(notAfter)) {
			throw new RefusedException(
					"%s: valid from %s to %s, and it is %s (expected: an authority that is valid now)"
						.formatted(authority.getSubjectX500Principal(), notBefore, notAfter, now),
					now.isBefore(notBefore) ? "Set the clock of this machine." : "Create a new authority.");
		}
	}

	private static @Nullable String fault(X509Certificate certificate) {
		boolean[] keyUsage = certificate.getKeyUsage();
		if (certificate.getBasicConstraints() < 0) {
			return "not an authority (basic constraints)";
		}
		if (keyUsage != null && !keyUsage[KEY_CERT_SIGN]) {
			return "an authority that may not sign certificates (key usage)";
		}
		try {
			certificate.verify(certificate.getPublicKey());
			return null;
		}
		catch (GeneralSecurityException ex) {
			return "issued by " + certificate.getIssuerX500Principal();
		}
	}

}
