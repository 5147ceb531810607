package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What killed processes left of a {@link StagedFile}, which may be a whole private key,
 * or another link to one. Only what bears our mark is removed: the directory may be full
 * of files of the user's own.
 *
 * @param directory where to look
 */
record Leftovers(Path directory) {

	/**
	 * Ends the name of every staged file, after a number, and of no other.
	 */
	static final String MARK = ".secure-grpc.tmp";

	private static final Pattern NAME = Pattern.compile("\\.(?<target>.+)\\.\\d+\\.secure-grpc\\.tmp");

	static String prefix(Path target) {
		return "." + target.getFileName() + ".";
	}

	/**
	 * Removes everything staged. Nobody may be writing there.
	 */
	void remove() throws IOException {
		remove((target) -> true);
	}

	/**
	 * Removes what was staged for one file, where others may be writing other files.
	 */
	void removeOf(Path file) throws IOException {
		remove(String.valueOf(file.getFileName())::equals);
	}

	private void remove(Predicate<String> target) throws IOException {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.directory, (file) -> {
			Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
			return name.matches() && target.test(name.group("target")) && isOurs(file);
		})) {
			for (Path file : files) {
				Files.deleteIfExists(file);
			}
		}
	}

	// whatever its name, what is no file, or another user's, was not staged here
	private boolean isOurs(Path file) throws IOException {
		return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && (!FileOwnership.isKnown(this.directory)
				|| FileOwnership.of(file, LinkOption.NOFOLLOW_LINKS).uid() == FileOwnership.self(this.directory));
	}

}
