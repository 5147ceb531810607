package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.securegrpc.material.RefusedException;

/**
 * A private key that is kept: of the user of this process, and for nobody else.
 *
 * @param path the file, which need not exist
 * @since 0.1.0
 */
public record PrivateFile(Path path) {

	/**
	 * Refuses a key that others may have read. It is not repaired: whether they have is
	 * for a person to judge. Where the file system does not know owners and modes there
	 * is nothing to ask.
	 * @throws RefusedException if others may read or write it, or it is another's
	 */
	public void check() {
		try {
			Path directory = this.path.toAbsolutePath().getParent();
			if (directory == null || !Files.exists(this.path) || !FileOwnership.isKnown(this.path)) {
				return;
			}
			FileOwnership found = FileOwnership.of(this.path);
			if (found.strangersMayRead() || !found.isOf(FileOwnership.of(directory).uid())) {
				throw new RefusedException(
						"%s: %s (expected: a private key of the directory's owner, which nobody else may read)"
							.formatted(this.path, found),
						"If nobody else has read it: chmod 600 %s. Else have a new key and certificate made, and revoke the old."
							.formatted(this.path));
			}
		}
		catch (IOException ex) {
			throw FileRefusals.unreadable(this.path, ex);
		}
	}

}
