package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;

import io.github.securegrpc.certs.StagedFile.Mode;

/**
 * Writes the files of a {@link Depot}, each complete or not at all, and removes what
 * killed processes left.
 *
 * @param path the directory, which need not exist
 */
record DepotDirectory(Path path) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	/**
	 * Creates the directory, and refuses one in which others have a say.
	 */
	void create() {
		try {
			make();
			new PrivateDirectory(this.path).check();
		}
		catch (IOException ex) {
			throw FileRefusals.unwritable(this.path, ex);
		}
	}

	/**
	 * Creates the directory, for the owner only, or takes what is there.
	 */
	private void make() throws IOException {
		// also a link to a directory is one, which createDirectories would refuse
		if (!Files.isDirectory(this.path)) {
			Files.createDirectories(this.path,
					StagedFile.isPosix(this.path) ? new FileAttribute<?>[] { OWNER_ONLY } : new FileAttribute<?>[0]);
		}
	}

	<T> T alone(Supplier<T> action) {
		create();
		return new DirectoryLock(this.path, PATIENCE).alone(action);
	}

	void add(Path file, Mode mode, byte[] content) {
		write(() -> {
			try {
				StagedFile.write(file, mode, content).create();
			}
			catch (FileAlreadyExistsException ex) {
				FileRefusals.existing(file);
				throw ex;
			}
		});
	}

	/**
	 * Adds a file beside whatever others write here, and removes what killed processes
	 * left of it alone.
	 */
	void addOne(Path file, Mode mode, byte[] content) throws IOException {
		make();
		new Leftovers(this.path).removeOf(file);
		StagedFile.write(file, mode, content).create();
	}

	void replace(Path file, byte[] content) {
		write(() -> StagedFile.write(file, Mode.READABLE, content).replace());
	}

	void removeLeftovers() {
		write(() -> {
		});
	}

	/**
	 * Writes while nobody else does, so that what is there under temporary names is from
	 * processes that were killed.
	 */
	void write(Writing writing) {
		alone(() -> {
			try {
				new Leftovers(this.path).remove();
				writing.run();
				return this.path;
			}
			catch (IOException ex) {
				throw FileRefusals.unwritable(this.path, ex);
			}
		});
	}

	/**
	 * What is to be written.
	 */
	@FunctionalInterface
	interface Writing {

		void run() throws IOException;

	}

}
