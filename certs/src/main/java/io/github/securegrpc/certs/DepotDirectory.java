package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.Supplier;

import io.github.securegrpc.certs.StagedFile.Mode;

/**
 * Writes the files of a {@link Depot}, each complete or not at all.
 *
 * @param path the directory, which need not exist
 */
record DepotDirectory(Path path) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final FileAttribute<?> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	void create() {
		try {
			// also a link to a directory is one, which createDirectories would refuse
			if (!Files.isDirectory(this.path)) {
				Files.createDirectories(this.path, StagedFile.isPosix(this.path) ? new FileAttribute<?>[] { OWNER_ONLY }
						: new FileAttribute<?>[0]);
			}
		}
		catch (IOException ex) {
			throw DepotRefusals.unwritable(this.path, ex);
		}
	}

	<T> T alone(Supplier<T> action) {
		create();
		return new DirectoryLock(this.path, PATIENCE).alone(action);
	}

	void add(Path file, Mode mode, byte[] content) {
		create();
		try {
			StagedFile.write(file, mode, content).create();
		}
		catch (FileAlreadyExistsException ex) {
			DepotRefusals.existing(file);
			throw DepotRefusals.unwritable(this.path, ex);
		}
		catch (IOException ex) {
			throw DepotRefusals.unwritable(this.path, ex);
		}
	}

	void replace(Path file, byte[] content) {
		create();
		try {
			StagedFile.write(file, Mode.READABLE, content).replace();
		}
		catch (IOException ex) {
			throw DepotRefusals.unwritable(this.path, ex);
		}
	}

	void removeLeftovers() {
		try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(this.path, ".*" + StagedFile.SUFFIX)) {
			for (Path leftover : leftovers) {
				Files.deleteIfExists(leftover);
			}
		}
		catch (IOException ex) {
			throw DepotRefusals.unwritable(this.path, ex);
		}
	}

}
