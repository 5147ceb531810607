package io.github.securegrpc.validation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;

import io.github.securegrpc.material.RefusedException;

/**
 * The digest of a public key that must be in a peer's path (RFC 7469, 2.4):
 * {@code sha256/} and the base64 of the SHA-256 of the SubjectPublicKeyInfo.
 *
 * @param value the pin as text
 * @since 0.1.0
 */
public record Pin(String value) {

	private static final String PREFIX = "sha256/";

	private static final int LENGTH = 32;

	/**
	 * Reads a pin from a property.
	 * @param value the text
	 * @param property the property that holds it
	 * @return the pin
	 * @throws RefusedException if it is not a pin
	 */
	public static Pin parse(String value, String property) {
		if (!isPin(value)) {
			throw new RefusedException(
					"%s: '%s' is not a pin (expected: sha256/ and the base64 of 32 bytes)".formatted(property, value),
					"Compute it: openssl x509 -in server.crt -pubkey -noout | openssl pkey -pubin -outform der"
							+ " | openssl dgst -sha256 -binary | base64");
		}
		return new Pin(value);
	}

	private static boolean isPin(String value) {
		try {
			return value.startsWith(PREFIX)
					&& Base64.getDecoder().decode(value.substring(PREFIX.length())).length == LENGTH;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	static Pin of(X509Certificate certificate) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
			return new Pin(PREFIX + Base64.getEncoder().encodeToString(digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is required of every Java platform", ex);
		}
	}

}
