package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.security.SecureRandom;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

import io.github.securegrpc.material.check.DerivationCost;

/**
 * A private key as encrypted PKCS#8 (RFC 5958, with the PBES2 of RFC 8018). Written with
 * AES-256 and PBKDF2, read also as older tools write it. What a file asks for is bounded
 * in time and memory.
 */
final class EncryptedKey {

	private static final int SALT_BYTES = 16;

	private static final int ITERATIONS = 100_000;

	private static final SecureRandom RANDOM = new SecureRandom();

	private EncryptedKey() {
	}

	static byte[] encrypt(byte[] key, Passphrase passphrase) {
		PBKDF2Params derivation = new PBKDF2Params(random(SALT_BYTES), ITERATIONS,
				new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE));
		PBES2Parameters parameters = new PBES2Parameters(
				new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, derivation),
				new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(random(SALT_BYTES))));
		try {
			byte[] encrypted = new Pbes2(parameters).encrypt(key, passphrase);
			return new EncryptedPrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
					encrypted)
				.getEncoded();
		}
		catch (IOException | InvalidCipherTextException ex) {
			throw new IllegalStateException("Cannot encrypt a private key", ex);
		}
	}

	static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo key, Passphrase passphrase)
			throws IOException, InvalidCipherTextException, PKCSException, OperatorCreationException {
		String objection = DerivationCost.objection(key.getEncoded());
		if (objection != null) {
			throw new IOException(objection);
		}
		AlgorithmIdentifier algorithm = key.toASN1Structure().getEncryptionAlgorithm();
		if (PKCSObjectIdentifiers.id_PBES2.equals(algorithm.getAlgorithm())) {
			Pbes2 scheme = new Pbes2(PBES2Parameters.getInstance(algorithm.getParameters()));
			return PrivateKeyInfo.getInstance(scheme.decrypt(key.toASN1Structure().getEncryptedData(), passphrase));
		}
		return key.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder().build(passphrase.characters()));
	}

	private static byte[] random(int length) {
		byte[] bytes = new byte[length];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

}
