package io.github.securegrpc.material.source;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.util.List;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.check.DerValue;
import io.github.securegrpc.material.check.DerivationCost;

/**
 * A private key that is encrypted as {@code openssl pkcs8 -topk8} does it: PBES2 with
 * PBKDF2 and AES-CBC (RFC 8018). Opened here where the JVM's own reader does not: the
 * password is UTF-8, not only ASCII. Its cost is judged before, see
 * {@link DerivationCost}.
 */
final class Pbes2 {

	private static final String SCHEME = "1.2.840.113549.1.5.13";

	private static final String PBKDF2 = "1.2.840.113549.1.5.12";

	private static final String SHA1 = "1.2.840.113549.2.7";

	private static final int SEQUENCE = 0x30;

	private static final Map<String, String> DIGESTS = Map.of(SHA1, "SHA1", "1.2.840.113549.2.8", "SHA224",
			"1.2.840.113549.2.9", "SHA256", "1.2.840.113549.2.10", "SHA384", "1.2.840.113549.2.11", "SHA512");

	private static final Map<String, Integer> AES_CBC = Map.of("2.16.840.1.101.3.4.1.2", 128, "2.16.840.1.101.3.4.1.22",
			192, "2.16.840.1.101.3.4.1.42", 256);

	private final int keyBits;

	private final byte[] vector;

	private final List<DerValue> derivation;

	private final byte[] content;

	private Pbes2(int keyBits, byte[] vector, List<DerValue> derivation, byte[] content) {
		this.keyBits = keyBits;
		this.vector = vector;
		this.derivation = derivation;
		this.content = content;
	}

	/**
	 * Reads how a key is encrypted.
	 * @param encryptedKey the DER of an EncryptedPrivateKeyInfo
	 * @return how, or {@code null} if otherwise
	 */
	static @Nullable Pbes2 of(byte[] encryptedKey) {
		try {
			List<DerValue> outer = children(DerValue.first(ByteBuffer.wrap(encryptedKey)));
			List<DerValue> scheme = children(outer.get(0));
			List<DerValue> both = children(scheme.get(1));
			List<DerValue> derivation = children(both.get(0));
			List<DerValue> cipher = children(both.get(1));
			Integer keyBits = AES_CBC.get(cipher.get(0).oid());
			if (!scheme.get(0).oid().equals(SCHEME) || !derivation.get(0).oid().equals(PBKDF2) || keyBits == null) {
				return null;
			}
			List<DerValue> parameters = children(derivation.get(1));
			return DIGESTS.containsKey(digest(parameters))
					? new Pbes2(keyBits, cipher.get(1).bytes(), parameters, outer.get(1).bytes()) : null;
		}
		catch (CertificateParsingException | IndexOutOfBoundsException ex) {
			return null;
		}
	}

	/* The default is SHA-1. */
	private static String digest(List<DerValue> parameters) throws CertificateParsingException {
		List<DerValue> function = function(parameters);
		return function.isEmpty() ? SHA1 : function.get(0).oid();
	}

	private static List<DerValue> function(List<DerValue> parameters) throws CertificateParsingException {
		DerValue last = parameters.get(parameters.size() - 1);
		return (last.tag() == SEQUENCE) ? children(last) : List.of();
	}

	/**
	 * Returns whether 00 00 stands where NULL, 05 00, belongs. That can mean nothing
	 * else.
	 * @return {@code true} if it does
	 */
	boolean hasBrokenNull() {
		try {
			List<DerValue> function = function(this.derivation);
			return function.size() == 2 && function.get(1).tag() == 0 && !function.get(1).content().hasRemaining();
		}
		catch (CertificateParsingException ex) {
			return false;
		}
	}

	private static List<DerValue> children(DerValue value) throws CertificateParsingException {
		return DerValue.listOf(value.content());
	}

	/**
	 * Opens the key.
	 * @param password the password, of any characters
	 * @return the DER of the PKCS#8 key, or {@code null} if the password is wrong
	 */
	byte @Nullable [] open(String password) {
		PBEKeySpec spec = null;
		try {
			int iterations = new BigInteger(this.derivation.get(1).bytes()).intValueExact();
			spec = new PBEKeySpec(password.toCharArray(), this.derivation.get(0).bytes(), iterations, this.keyBits);
			// its key is of the UTF-8 bytes of the password
			byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmac" + DIGESTS.get(digest(this.derivation)))
				.generateSecret(spec)
				.getEncoded();
			Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
			cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(this.vector));
			byte[] opened = cipher.doFinal(this.content);
			return (DerKind.of(opened) == DerKind.PRIVATE_KEY) ? opened : null;
		}
		catch (GeneralSecurityException | IllegalArgumentException | ArithmeticException ex) {
			return null;
		}
		finally {
			if (spec != null) {
				spec.clearPassword();
			}
		}
	}

	@Override
	public String toString() {
		return "Pbes2[AES-%d]".formatted(this.keyBits);
	}

}
