package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

import io.github.securegrpc.material.RefusedException;

/**
 * A directory that may hold private keys: it belongs to the user of this process, nobody
 * else may write in it, and no stranger can put another in its place, by any directory or
 * symbolic link on the way. Others may keep their own files beside it, as in
 * {@code /tmp}.
 *
 * @param path the directory
 */
record PrivateDirectory(Path path) {

	private static final int MOST_LINKS = 40;

	/**
	 * Refuses a directory in which others have a say. Where the file system does not know
	 * owners and modes there is nothing to ask.
	 * @throws IOException if that cannot be read
	 */
	void check() throws IOException {
		if (!FileOwnership.isKnown(this.path)) {
			return;
		}
		FileOwnership found = FileOwnership.of(this.path);
		int self = FileOwnership.self(this.path);
		if (!found.isOf(self) || found.othersMayWrite()) {
			throw new RefusedException(
					"%s: %s (expected: a directory for private keys, of the user of this process, in which nobody else may write)"
						.formatted(this.path, found),
					"If all that is in it is yours: %s. Or name another directory.".formatted(
							found.isOf(self) ? "chmod 700 " + this.path : "run this as " + found.owner().getName()));
		}
		checkWay(self);
	}

	private void checkWay(int self) throws IOException {
		Path absolute = this.path.toAbsolutePath();
		Deque<Path> names = new ArrayDeque<>();
		absolute.forEach(names::addLast);
		Path at = Objects.requireNonNull(absolute.getRoot());
		int links = 0;
		while (!names.isEmpty()) {
			Path next = at.resolve(names.removeFirst()).normalize();
			if (next.startsWith(at) && !next.equals(at)) {
				checkStep(at, next, self);
			}
			if (!Files.isSymbolicLink(next)) {
				at = next;
				continue;
			}
			if (++links > MOST_LINKS) {
				throw new FileSystemLoopException(this.path.toString());
			}
			Path target = Files.readSymbolicLink(next);
			at = Objects.requireNonNullElse(target.getRoot(), at);
			for (int i = target.getNameCount() - 1; i >= 0; i--) {
				names.addFirst(target.getName(i));
			}
		}
	}

	// in a sticky directory, only its owner can rename an entry
	private void checkStep(Path directory, Path entry, int self) throws IOException {
		FileOwnership place = FileOwnership.of(directory);
		FileOwnership found = FileOwnership.of(entry, LinkOption.NOFOLLOW_LINKS);
		if (place.strangersMayWrite() && (!place.isSticky() || !found.isOf(self))) {
			throw new RefusedException(
					"%s: reached through %s, which others may replace, as %s has %s (expected: a way that only its user and root can change)"
						.formatted(this.path, entry, directory, place),
					"chmod go-w %s, or name a directory elsewhere, such as in your home.".formatted(directory));
		}
	}

}
