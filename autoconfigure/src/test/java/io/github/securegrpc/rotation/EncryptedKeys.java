package io.github.securegrpc.rotation;

import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.PrivateKey;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import io.github.securegrpc.TestCertificates;

/**
 * Encrypted PKCS#8, as older tools write it.
 */
final class EncryptedKeys {

	private static final String ALGORITHM = "PBEWithSHA1AndDESede";

	private EncryptedKeys() {
	}

	static void write(Path file, PrivateKey key, String password) throws Exception {
		Cipher cipher = Cipher.getInstance(ALGORITHM);
		cipher.init(Cipher.ENCRYPT_MODE,
				SecretKeyFactory.getInstance(ALGORITHM).generateSecret(new PBEKeySpec(password.toCharArray())));
		AlgorithmParameters parameters = cipher.getParameters();
		EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded()));
		TestCertificates.write(file, TestCertificates.block("ENCRYPTED PRIVATE KEY", info.getEncoded()));
	}

}
