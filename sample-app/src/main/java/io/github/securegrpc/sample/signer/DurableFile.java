package io.github.securegrpc.sample.signer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Replaces files so that they hold the old or the new content, whatever happens: written
 * beside, forced to the disk, renamed, and the rename forced too. They are for their
 * owner alone, mode 0600.
 */
final class DurableFile {

	private DurableFile() {
	}

	static void write(Path path, String content) throws IOException {
		Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent());
		Path beside = path.resolveSibling(path.getFileName() + ".new");
		Files.deleteIfExists(beside);
		try (FileChannel file = FileChannel.open(beside,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
			ByteBuffer bytes = StandardCharsets.UTF_8.encode(content);
			while (bytes.hasRemaining()) {
				file.write(bytes);
			}
			file.force(true);
		}
		Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		try (FileChannel renamed = FileChannel.open(directory, StandardOpenOption.READ)) {
			renamed.force(true);
		}
	}

}
