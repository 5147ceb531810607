package io.github.securegrpc.material;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 fingerprints in lower-case hex, of one certificate or of all that was loaded.
 *
 * @since 0.1.0
 */
public final class Fingerprint {

	private Fingerprint() {
	}

	/**
	 * Returns the fingerprint of a certificate's DER.
	 * @param certificate the certificate
	 * @return the SHA-256, in lower-case hex
	 */
	public static String of(X509Certificate certificate) {
		return hex(digest().digest(der(certificate)));
	}

	/**
	 * Returns one fingerprint of several contents, in their order.
	 * @param contents the contents
	 * @return the SHA-256, in lower-case hex
	 */
	public static String of(List<byte[]> contents) {
		MessageDigest digest = digest();
		contents.forEach((content) -> digest.update(digest().digest(content)));
		return hex(digest.digest());
	}

	static String of(TlsMaterial material) {
		MessageDigest digest = digest();
		if (material.identity() != null) {
			byte[] key = material.identity().privateKey().getEncoded();
			digest.update((key != null) ? digest().digest(key) : new byte[0]);
			update(digest, material.identity().chain());
		}
		digest.update((byte) 0);
		if (material.trustAnchors() != null) {
			update(digest, material.trustAnchors().certificates());
		}
		if (material.revocationLists() != null) {
			digest.update(material.revocationLists().policy().name().getBytes(StandardCharsets.US_ASCII));
			material.revocationLists().lists().forEach((list) -> digest.update(digest().digest(der(list))));
		}
		return hex(digest.digest());
	}

	private static void update(MessageDigest digest, List<X509Certificate> certificates) {
		certificates.forEach((certificate) -> digest.update(digest().digest(der(certificate))));
	}

	private static byte[] der(X509Certificate certificate) {
		try {
			return certificate.getEncoded();
		}
		catch (CertificateEncodingException ex) {
			throw new IllegalArgumentException("certificate: " + certificate.getSubjectX500Principal()
					+ " (expected: one that can be encoded as DER)", ex);
		}
	}

	private static byte[] der(X509CRL list) {
		try {
			return list.getEncoded();
		}
		catch (CRLException ex) {
			throw new IllegalArgumentException(
					"list: " + list.getIssuerX500Principal() + " (expected: one that can be encoded as DER)", ex);
		}
	}

	private static MessageDigest digest() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is required of every Java platform", ex);
		}
	}

	private static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
