package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Gives files to another user, where the user of the test may.
 */
public final class Owners {

	private static final int ANOTHER = 12345;

	private Owners() {
	}

	public static boolean give(Path file) {
		try {
			Files.setAttribute(file, "unix:uid", ANOTHER, LinkOption.NOFOLLOW_LINKS);
			return true;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	/** Gives the group of a file to one that is not its owner's alone. */
	public static boolean share(Path file) {
		try {
			Files.setAttribute(file, "unix:gid", ANOTHER, LinkOption.NOFOLLOW_LINKS);
			return true;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

}
