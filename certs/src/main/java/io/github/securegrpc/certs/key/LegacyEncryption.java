package io.github.securegrpc.certs.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.generators.OpenSSLPBEParametersGenerator;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * The encryption of OpenSSL before PKCS#8, with the headers of RFC 1421: weak, and for
 * tools that know no other.
 */
final class LegacyEncryption {

	static final String CIPHER = "DES-EDE3-CBC";

	private static final int KEY_BITS = 192;

	private static final int BLOCK_BYTES = 8;

	private static final SecureRandom RANDOM = new SecureRandom();

	private LegacyEncryption() {
	}

	static PemObject encrypt(PemObject key, Passphrase passphrase) {
		byte[] iv = new byte[BLOCK_BYTES];
		RANDOM.nextBytes(iv);
		OpenSSLPBEParametersGenerator derivation = new OpenSSLPBEParametersGenerator();
		derivation.init(new String(passphrase.characters()).getBytes(StandardCharsets.UTF_8), iv);
		PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(
				CBCBlockCipher.newInstance(new DESedeEngine()));
		cipher.init(true, new ParametersWithIV(derivation.generateDerivedParameters(KEY_BITS), iv));
		byte[] content = key.getContent();
		byte[] encrypted = new byte[cipher.getOutputSize(content.length)];
		try {
			int length = cipher.processBytes(content, 0, content.length, encrypted, 0);
			length += cipher.doFinal(encrypted, length);
			List<PemHeader> headers = List.of(new PemHeader("Proc-Type", "4,ENCRYPTED"),
					new PemHeader("DEK-Info", CIPHER + "," + HexFormat.of().withUpperCase().formatHex(iv)));
			return new PemObject(key.getType(), headers, Arrays.copyOf(encrypted, length));
		}
		catch (InvalidCipherTextException ex) {
			throw new IllegalStateException("Cannot encrypt a private key", ex);
		}
	}

	// it takes the low byte of each character, and OpenSSL those of UTF-8
	static BcPEMDecryptorProvider decryptor(Passphrase passphrase) {
		byte[] bytes = new String(passphrase.characters()).getBytes(StandardCharsets.UTF_8);
		return new BcPEMDecryptorProvider(new String(bytes, StandardCharsets.ISO_8859_1).toCharArray());
	}

}
