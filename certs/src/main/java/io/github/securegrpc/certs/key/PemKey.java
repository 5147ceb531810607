package io.github.securegrpc.certs.key;

import java.io.IOException;
import java.security.PrivateKey;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.key.Pem.PemFormatException;

/**
 * A private key as PEM holds it: PKCS#8, and PKCS#1 or SEC1 as other tools write them,
 * each plain or encrypted. Never prints its content.
 *
 * @param found what the parser found
 */
record PemKey(Object found) {

	static boolean isKey(@Nullable Object found) {
		return found instanceof PrivateKeyInfo || found instanceof PEMKeyPair
				|| found instanceof PKCS8EncryptedPrivateKeyInfo || found instanceof PEMEncryptedKeyPair;
	}

	boolean isEncrypted() {
		return this.found instanceof PKCS8EncryptedPrivateKeyInfo || this.found instanceof PEMEncryptedKeyPair;
	}

	String encoding() {
		if (this.found instanceof PEMEncryptedKeyPair pair) {
			return "OpenSSL's legacy encryption with " + pair.getDekAlgName();
		}
		if (this.found instanceof PKCS8EncryptedPrivateKeyInfo) {
			return "encrypted PKCS#8";
		}
		return (this.found instanceof PEMKeyPair) ? "PKCS#1 or SEC1" : "PKCS#8";
	}

	PrivateKey open(@Nullable Passphrase passphrase) throws PemFormatException {
		if (!isEncrypted()) {
			return decode(plain());
		}
		if (passphrase == null) {
			throw new PemFormatException("an encrypted private key");
		}
		return decode(decrypt(passphrase));
	}

	private PrivateKeyInfo plain() throws PemFormatException {
		if (this.found instanceof PrivateKeyInfo key) {
			return key;
		}
		if (this.found instanceof PEMKeyPair pair) {
			return pair.getPrivateKeyInfo();
		}
		throw new PemFormatException("no private key");
	}

	private PrivateKeyInfo decrypt(Passphrase passphrase) throws PemFormatException {
		try {
			if (this.found instanceof PEMEncryptedKeyPair pair) {
				return pair.decryptKeyPair(LegacyEncryption.decryptor(passphrase)).getPrivateKeyInfo();
			}
			return EncryptedKey.decrypt((PKCS8EncryptedPrivateKeyInfo) this.found, passphrase);
		}
		catch (IOException | InvalidCipherTextException | PKCSException | OperatorCreationException | RuntimeException
				| StackOverflowError ex) {
			throw new PemFormatException(
					"an encrypted private key that the passphrase does not open, or whose encryption is unknown here");
		}
	}

	private static PrivateKey decode(PrivateKeyInfo key) throws PemFormatException {
		try {
			PrivateKey decoded = new JcaPEMKeyConverter().getPrivateKey(key);
			KeySigner.signatureOf(decoded);
			PublicKeys.requireExisting(decoded);
			return decoded;
		}
		catch (IOException | RuntimeException | StackOverflowError ex) {
			throw new PemFormatException("a private key that does not decode as EC, RSA or Ed25519");
		}
	}

	@Override
	public String toString() {
		return "PemKey[%s]".formatted(encoding());
	}

}
