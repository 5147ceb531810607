package io.github.securegrpc.material.check;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.cert.CertificateParsingException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What it costs to derive the key that opens an encrypted PKCS#8 key (RFC 5958). A file
 * names the cost itself, and may ask for days or for all memory; so it is read first, and
 * bounded. PBKDF2 and the older schemes ask for iterations, scrypt (RFC 7914) for time
 * and memory.
 *
 * @since 0.1.0
 */
public final class DerivationCost {

	/**
	 * The most iterations that are done: a few seconds of one core. OpenSSL's default is
	 * 2,048, OWASP asks for 600,000 (2023), and the JDK's key stores stop at five
	 * million.
	 */
	public static final long MOST_ITERATIONS = 10_000_000;

	/** The most memory that scrypt is given. */
	public static final long MOST_SCRYPT_BYTES = 256L * 1024 * 1024;

	private static final int SEQUENCE = 0x30;

	private static final int INTEGER = 0x02;

	/* 1.2.840.113549.1.5.13 */
	private static final ByteBuffer PBES2 = oid(0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05, 0x0D);

	/* 1.3.6.1.4.1.11591.4.11 */
	private static final ByteBuffer SCRYPT = oid(0x2B, 0x06, 0x01, 0x04, 0x01, 0xDA, 0x47, 0x04, 0x0B);

	private DerivationCost() {
	}

	/**
	 * Returns what is too much about opening a key.
	 * @param encryptedKey the DER of an EncryptedPrivateKeyInfo
	 * @return what it asks for and what was expected, or {@code null} if it may be opened
	 */
	public static @Nullable String objection(byte[] encryptedKey) {
		try {
			List<DerValue> scheme = children(children(DerValue.first(ByteBuffer.wrap(encryptedKey))).get(0));
			List<DerValue> parameters = children(scheme.get(1));
			if (scheme.get(0).content().equals(PBES2)) {
				List<DerValue> derivation = children(parameters.get(0));
				boolean scrypt = derivation.get(0).content().equals(SCRYPT);
				parameters = children(derivation.get(1));
				return scrypt ? memory(parameters) : iterations(parameters);
			}
			return iterations(parameters);
		}
		catch (CertificateParsingException | IndexOutOfBoundsException ex) {
			return "does not say in DER how it is encrypted (expected: PBES2 of RFC 8018)";
		}
	}

	/* In all of them a salt stands before the count (RFC 8018, A; RFC 7292, C). */
	private static @Nullable String iterations(List<DerValue> parameters) throws CertificateParsingException {
		BigInteger iterations = integer(parameters.get(1));
		return isBetween(iterations, MOST_ITERATIONS) ? null
				: "asks for %s iterations of its key derivation (expected: 1 to %d)".formatted(text(iterations),
						MOST_ITERATIONS);
	}

	private static @Nullable String memory(List<DerValue> parameters) throws CertificateParsingException {
		BigInteger bytes = BigInteger.valueOf(128);
		for (DerValue factor : parameters.subList(1, 4)) {
			BigInteger value = integer(factor);
			if (!isBetween(value, MOST_SCRYPT_BYTES)) {
				return tooMuchMemory(value);
			}
			bytes = bytes.multiply(value);
		}
		return isBetween(bytes, MOST_SCRYPT_BYTES) ? null : tooMuchMemory(bytes);
	}

	private static String tooMuchMemory(BigInteger bytes) {
		return "asks scrypt for %s bytes (expected: N * r * p * 128 up to %d)".formatted(text(bytes),
				MOST_SCRYPT_BYTES);
	}

	private static boolean isBetween(BigInteger value, long most) {
		return value.signum() > 0 && value.compareTo(BigInteger.valueOf(most)) <= 0;
	}

	/* A number may have a million digits. */
	private static String text(BigInteger number) {
		return (number.bitLength() < Long.SIZE) ? number.toString() : "2^%d or more".formatted(number.bitLength() - 1);
	}

	private static List<DerValue> children(DerValue value) throws CertificateParsingException {
		if (value.tag() != SEQUENCE) {
			throw new CertificateParsingException("no sequence");
		}
		return DerValue.listOf(value.content());
	}

	private static BigInteger integer(DerValue value) throws CertificateParsingException {
		if (value.tag() != INTEGER || !value.content().hasRemaining()) {
			throw new CertificateParsingException("no integer");
		}
		byte[] bytes = new byte[value.content().remaining()];
		value.content().duplicate().get(bytes);
		return new BigInteger(bytes);
	}

	private static ByteBuffer oid(int... bytes) {
		ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
		for (int b : bytes) {
			buffer.put((byte) b);
		}
		return buffer.flip().asReadOnlyBuffer();
	}

}
