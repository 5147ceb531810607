package io.github.securegrpc.material;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/**
 * Tells who issued a certificate: by name and by signature, for names alone may be equal.
 *
 * @since 0.1.0
 */
public final class Issuer {

	private Issuer() {
	}

	/**
	 * Returns whether one certificate issued another.
	 * @param issuer the supposed issuer
	 * @param certificate the certificate
	 * @return {@code true} if the names fit and the signature verifies
	 */
	public static boolean issued(X509Certificate issuer, X509Certificate certificate) {
		if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
			return false;
		}
		try {
			certificate.verify(issuer.getPublicKey());
			return true;
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
