package io.github.securegrpc.material.check;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * The most that a key may be, whatever its algorithm, before anything is signed or
 * verified with it: a number of a hundred thousand bits keeps a core busy for hours.
 *
 * @since 0.1.0
 */
public final class KeySize {

	/* The JDK's own limit, and BoringSSL's. */
	static final int RSA_BITS = 16_384;

	/* RSA of 16,384 bits needs 2.1 KiB, ML-DSA-87 2.6. */
	private static final int PUBLIC_BYTES = 4 * 1024;

	/* RSA of 16,384 bits needs 9.3 KiB. */
	private static final int PRIVATE_BYTES = 16 * 1024;

	private KeySize() {
	}

	/**
	 * Refuses a certificate whose key is too big to verify anything with it.
	 * @param certificate the certificate
	 * @param from where it came from, for the message
	 */
	public static void check(X509Certificate certificate, String from) {
		String objection = objection(certificate.getPublicKey());
		if (objection != null) {
			throw new RefusedException("%s: %s %s".formatted(from, certificate.getSubjectX500Principal(), objection),
					"Request it again with a key of an ordinary size, such as EC P-256.");
		}
	}

	/**
	 * Returns what is too big about a public key.
	 * @param key the key
	 * @return what it is and what was expected, or {@code null}
	 */
	private static @Nullable String objection(PublicKey key) {
		byte[] encoded = key.getEncoded();
		if (encoded != null && encoded.length > PUBLIC_BYTES) {
			return "has a key of %d bytes (expected: %d at most)".formatted(encoded.length, PUBLIC_BYTES);
		}
		return (key instanceof RSAKey rsa && rsa.getModulus().bitLength() > RSA_BITS)
				? "has an RSA key of %d bits (expected: %d at most)".formatted(rsa.getModulus().bitLength(), RSA_BITS)
				: null;
	}

	/**
	 * Returns what is too big about the encoding of a private key.
	 * @param encoded its DER, encrypted or not
	 * @return what it is and what was expected, or {@code null}
	 */
	public static @Nullable String objection(byte[] encoded) {
		return (encoded.length > PRIVATE_BYTES)
				? "holds a private key of %d bytes (expected: %d at most)".formatted(encoded.length, PRIVATE_BYTES)
				: null;
	}

	/**
	 * Returns what is out of proportion about a private key: each number of an RSA key is
	 * at most as long as its modulus, which the JDK bounds.
	 * @param key the key
	 * @return what it is and what was expected, or {@code null}
	 */
	public static @Nullable String objection(PrivateKey key) {
		if (!(key instanceof RSAPrivateKey rsa)) {
			return null;
		}
		List<BigInteger> numbers = new ArrayList<>(List.of(rsa.getPrivateExponent()));
		if (rsa instanceof RSAPrivateCrtKey crt) {
			numbers.addAll(List.of(crt.getPublicExponent(), crt.getPrimeP(), crt.getPrimeQ(), crt.getPrimeExponentP(),
					crt.getPrimeExponentQ(), crt.getCrtCoefficient()));
		}
		int modulus = rsa.getModulus().bitLength();
		return (modulus > RSA_BITS || numbers.stream().anyMatch((number) -> number.bitLength() > modulus))
				? "holds an RSA key whose numbers are longer than its modulus of %d bits (expected: shorter, and %d bits at most)"
					.formatted(modulus, RSA_BITS)
				: null;
	}

}
