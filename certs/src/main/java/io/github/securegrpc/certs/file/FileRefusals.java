package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.securegrpc.material.RefusedException;

/**
 * Why a file is not read or written, in words.
 *
 * @since 0.1.0
 */
public final class FileRefusals {

	private FileRefusals() {
	}

	/**
	 * Refuses a file that is there.
	 * @param file the file
	 * @throws RefusedException if it is
	 */
	public static void existing(Path file) {
		if (Files.exists(file)) {
			throw new RefusedException("%s: exists (expected: no file of that name)".formatted(file),
					"Open what is there, or choose another name or directory.");
		}
	}

	/**
	 * Says why a directory cannot be written.
	 * @param directory the directory
	 * @param ex how it failed
	 * @return the refusal
	 */
	public static RefusedException unwritable(Path directory, IOException ex) {
		return new RefusedException(
				"%s: cannot be written, %s (expected: a directory for keys and certificates)".formatted(directory,
						new FileFault(directory, ex).reason()),
				"Make room, and make the directory writable for the user of this process.", ex);
	}

	static RefusedException unreadable(Path file, IOException ex) {
		FileFault fault = new FileFault(file, ex);
		return new RefusedException("%s: %s (expected: a private key)".formatted(file, fault.found()), fault.action(),
				ex);
	}

}
