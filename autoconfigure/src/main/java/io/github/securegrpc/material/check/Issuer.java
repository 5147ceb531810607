package io.github.securegrpc.material.check;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
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
	 * Returns whether a certificate names another as its issuer. That costs nothing, and
	 * proves nothing.
	 * @param issuer the supposed issuer
	 * @param certificate the certificate
	 * @return {@code true} if the names fit
	 */
	public static boolean isNamed(X509Certificate issuer, X509Certificate certificate) {
		return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
	}

	/**
	 * Returns whether one certificate issued another.
	 * @param issuer the supposed issuer
	 * @param certificate the certificate
	 * @return {@code true} if the names fit and the signature verifies
	 */
	public static boolean issued(X509Certificate issuer, X509Certificate certificate) {
		if (!isNamed(issuer, certificate)) {
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
		return list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) && maySignLists(issuer)
				&& signed(issuer.getPublicKey(), list);
	}

	/**
	 * Returns whether a certificate's key usage, if it has one, allows to sign revocation
	 * lists.
	 * @param issuer the certificate
	 * @return {@code true} if it has none, or one with cRLSign
	 */
	public static boolean maySignLists(X509Certificate issuer) {
		boolean[] usage = issuer.getKeyUsage();
		return usage == null || usage[CRL_SIGN];
	}

	/**
	 * Returns whether a key signed a revocation list.
	 * @param key the key
	 * @param list the list
	 * @return {@code true} if the signature verifies
	 */
	public static boolean signed(PublicKey key, X509CRL list) {
		try {
			list.verify(key);
			return true;
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
