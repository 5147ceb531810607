package io.github.securegrpc.certs.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;

import io.github.securegrpc.certs.file.StagedFile.Mode;

/**
 * Writes the files of a depot, each complete or not at all, and removes what killed
 * processes left.
 *
 * @param path the directory, which need not exist
 * @since 0.1.0
 */
public record DepotDirectory(Path path) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	/**
	 * Creates the directory, and refuses one in which others have a say.
	 * @throws io.github.securegrpc.material.RefusedException if it cannot be created, or
	 * others have a say in it
	 */
	public void create() {
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

	/**
	 * Does something while no other process, and no other thread, does so here.
	 * @param <T> what it returns
	 * @param action what to do
	 * @return what it returns
	 * @throws io.github.securegrpc.material.RefusedException if the directory cannot be
	 * written
	 */
	public <T> T alone(Supplier<T> action) {
		create();
		return new DirectoryLock(this.path, PATIENCE).alone(action);
	}

	/**
	 * Adds a file.
	 * @param file the file
	 * @param mode who may read it
	 * @param content the content
	 * @throws io.github.securegrpc.material.RefusedException if it exists, or the
	 * directory cannot be written
	 */
	public void add(Path file, Mode mode, byte[] content) {
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
	 * @param file the file
	 * @param mode who may read it
	 * @param content the content
	 * @throws IOException if it exists, or cannot be written
	 */
	public void addOne(Path file, Mode mode, byte[] content) throws IOException {
		make();
		new Leftovers(this.path).removeOf(file);
		StagedFile.write(file, mode, content).create();
	}

	/**
	 * Writes a file that everybody may read, in place of what is there.
	 * @param file the file
	 * @param content the content
	 * @throws io.github.securegrpc.material.RefusedException if the directory cannot be
	 * written
	 */
	public void replace(Path file, byte[] content) {
		write(() -> StagedFile.write(file, Mode.READABLE, content).replace());
	}

	/**
	 * Removes what killed processes left.
	 * @throws io.github.securegrpc.material.RefusedException if the directory cannot be
	 * written
	 */
	public void removeLeftovers() {
		write(() -> {
		});
	}

	/**
	 * Writes while nobody else does, so that what is there under temporary names is from
	 * processes that were killed.
	 * @param writing what is to be written
	 * @throws io.github.securegrpc.material.RefusedException if the directory cannot be
	 * written
	 */
	public void write(Writing writing) {
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
	public interface Writing {

		/**
		 * Writes it.
		 * @throws IOException if it cannot be written
		 */
		void run() throws IOException;

	}

}
