package io.github.securegrpc.certs.key;

import java.nio.file.Path;
import java.security.PrivateKey;

import io.github.securegrpc.certs.key.Pem.PemFormatException;
import io.github.securegrpc.material.RefusedException;

/**
 * A private key as a file holds it, opened only when asked. Never prints its key.
 *
 * @since 0.1.0
 */
public final class StoredKey {

	private final Path file;

	private final PemKey key;

	StoredKey(Path file, PemKey key) {
		this.file = file;
		this.key = key;
	}

	/**
	 * Says how the key is written, such as {@code encrypted PKCS#8}.
	 * @return the encoding in words
	 */
	public String encoding() {
		return this.key.encoding();
	}

	/**
	 * Tells whether the key needs a passphrase.
	 * @return {@code true} if it is encrypted
	 */
	public boolean isEncrypted() {
		return this.key.isEncrypted();
	}

	/**
	 * Opens the key.
	 * @param passphrases asked only for an encrypted key
	 * @return the key
	 * @throws RefusedException if it does not open or decode
	 */
	public PrivateKey open(PassphraseSource passphrases) {
		try {
			return this.key.open(isEncrypted() ? passphrases.find(this.file) : null);
		}
		catch (PemFormatException ex) {
			throw PemFile.refusedKey(this.file, ex);
		}
	}

	@Override
	public String toString() {
		return "StoredKey[%s in %s]".formatted(encoding(), this.file);
	}

}
