package io.github.securegrpc.certs.key;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Finds the passphrase of an encrypted file. It is asked only once such a file has been
 * met, so that nobody is prompted in vain.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface PassphraseSource {

	/**
	 * Knows no passphrase.
	 */
	PassphraseSource NONE = (file) -> null;

	/**
	 * Returns the passphrase of a file.
	 * @param file the encrypted file
	 * @return its passphrase, or {@code null} if there is none
	 */
	@Nullable Passphrase find(Path file);

}
