package io.github.securegrpc.material;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;

/**
 * Tells who issued a certificate: by name and by signature, for names alone may be equal.
 *
 * @since 0.1.0
 */
public final class Issuer {

	private static final int CRL_SIGN = 6;

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

	/**
	 * Returns whether a certificate's holder issued a revocation list.
	 * @param issuer the supposed issuer
	 * @param list the list
	 * @return {@code true} if the names fit, the issuer may sign lists and the signature
	 * verifies
	 */
	public static boolean issued(X509Certificate issuer, X509CRL list) {
		boolean[] usage = issuer.getKeyUsage();
		if (!list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
				|| (usage != null && !usage[CRL_SIGN])) {
			return false;
		}
		try {
			list.verify(issuer.getPublicKey());
			return true;
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
