package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that is complete on the disk, under a temporary name beside its target, before
 * anybody can see it there: a kill at any moment leaves the target as it was or as it is
 * to be, never half.
 *
 * @since 0.1.0
 */
public final class StagedFile {

	private final Path temporary;

	private final Path target;

	private StagedFile(Path temporary, Path target) {
		this.temporary = temporary;
		this.target = target;
	}

	/**
	 * Writes the content under a temporary name, through to the disk.
	 * @param target the name that the file is to get, in the same directory
	 * @param mode who may read it
	 * @param content the content
	 * @return the file, which has its name only once it is put in place
	 * @throws IOException if it cannot be written
	 */
	public static StagedFile write(Path target, Mode mode, byte[] content) throws IOException {
		Path temporary = Files.createTempFile(target.toAbsolutePath().getParent(), Leftovers.prefix(target),
				Leftovers.MARK);
		StagedFile file = new StagedFile(temporary, target);
		try {
			// while the file is still empty
			if (isPosix(temporary)) {
				Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString(mode.permissions()));
			}
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
				ByteBuffer buffer = ByteBuffer.wrap(content);
				while (buffer.hasRemaining()) {
					channel.write(buffer);
				}
				channel.force(true);
			}
			return file;
		}
		catch (IOException | RuntimeException ex) {
			file.discard();
			throw ex;
		}
	}

	/**
	 * Gives the file its name, unless the name is taken: a hard link, unlike a move,
	 * fails then, also when another process was faster.
	 */
	void create() throws IOException {
		try {
			Files.createLink(this.target, this.temporary);
		}
		catch (FileAlreadyExistsException ex) {
			throw ex;
		}
		catch (IOException | UnsupportedOperationException ex) {
			createWithoutLink();
		}
		finally {
			discard();
		}
		syncDirectory();
	}

	/**
	 * Takes the name by an empty file, which fails if it is taken, and moves the whole
	 * file over that: where there are no hard links, a kill in between leaves it empty.
	 */
	void createWithoutLink() throws IOException {
		Files.createFile(this.target);
		try {
			Files.move(this.temporary, this.target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException | RuntimeException ex) {
			Files.delete(this.target);
			throw ex;
		}
	}

	/**
	 * Gives the file its name, in place of what has it.
	 * @throws IOException if that fails
	 */
	public void replace() throws IOException {
		try {
			Files.move(this.temporary, this.target, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			discard();
		}
		syncDirectory();
	}

	void discard() throws IOException {
		Files.deleteIfExists(this.temporary);
	}

	static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	/**
	 * A new name survives a power failure only once its directory is on the disk too.
	 * Where directories cannot be opened (Windows) there is nothing to do.
	 */
	private void syncDirectory() throws IOException {
		if (isPosix(this.target)) {
			try (FileChannel directory = FileChannel.open(this.target.toAbsolutePath().getParent(),
					StandardOpenOption.READ)) {
				directory.force(true);
			}
		}
	}

	/**
	 * Who may read the file.
	 */
	public enum Mode {

		/**
		 * The owner only.
		 */
		SECRET("rw-------"),

		/**
		 * Everybody.
		 */
		READABLE("rw-r--r--");

		private final String permissions;

		Mode(String permissions) {
			this.permissions = permissions;
		}

		String permissions() {
			return this.permissions;
		}

	}

}
