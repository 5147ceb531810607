package io.github.securegrpc.material.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import org.springframework.core.io.Resource;

import io.github.securegrpc.material.RefusedException;

/**
 * One read of all the files that belong together. A Kubernetes volume publishes a new
 * state by re-pointing its {@code ..data} link; that link is resolved once per read, so
 * that all files come from one state. Sizes are bounded. Not thread-safe, used once.
 */
final class LocationReader {

	static final int MAX_SIZE = 1024 * 1024;

	private static final String DATA_LINK = "..data";

	private final Map<Path, Path> states = new HashMap<>();

	byte[] read(Location location) {
		if (location.isInline()) {
			return location.value().getBytes(StandardCharsets.UTF_8);
		}
		if (location.isBase64()) {
			return decode(location);
		}
		Resource resource = location.resource();
		try {
			byte[] content = resource.isFile() ? readFile(resource.getFile().toPath()) : readStream(resource);
			if (content.length > MAX_SIZE) {
				throw new RefusedException(
						"%s holds more than 1 MiB (expected: a file of a few KiB)".formatted(location),
						"Point %s at the right file.".formatted(location.property()));
			}
			return content;
		}
		catch (IOException ex) {
			throw unreadable(location, ex);
		}
	}

	private byte[] readFile(Path file) throws IOException {
		Path resolved = resolveState(file);
		// a pipe would keep its reader waiting for ever
		if (Files.exists(resolved) && !Files.isRegularFile(resolved)) {
			throw new IOException(Files.isDirectory(resolved) ? "it is a directory" : "it is no regular file");
		}
		try (InputStream stream = Files.newInputStream(resolved)) {
			return stream.readNBytes(MAX_SIZE + 1);
		}
	}

	private byte[] readStream(Resource resource) throws IOException {
		try (InputStream stream = resource.getInputStream()) {
			return stream.readNBytes(MAX_SIZE + 1);
		}
	}

	private Path resolveState(Path file) throws IOException {
		Path directory = file.toAbsolutePath().getParent();
		if (directory == null || !Files.isSymbolicLink(file) || !Files.isSymbolicLink(directory.resolve(DATA_LINK))) {
			return file;
		}
		Path target = Files.readSymbolicLink(file);
		if (target.isAbsolute() || target.getNameCount() < 2 || !target.startsWith(DATA_LINK)) {
			return file;
		}
		Path state = this.states.get(directory);
		if (state == null) {
			state = stateOf(directory);
			this.states.put(directory, state);
		}
		return state.resolve(target.subpath(1, target.getNameCount()));
	}

	/* One system call: what the link points to may be gone a moment later. */
	private static Path stateOf(Path directory) throws IOException {
		return directory.resolve(Files.readSymbolicLink(directory.resolve(DATA_LINK)));
	}

	/* Whether a volume was swapped since its state was resolved. */
	boolean isOutdated() {
		return this.states.entrySet().stream().anyMatch((entry) -> {
			try {
				return !stateOf(entry.getKey()).equals(entry.getValue());
			}
			catch (IOException ex) {
				return true;
			}
		});
	}

	private static byte[] decode(Location location) {
		try {
			return Base64.getMimeDecoder().decode(location.base64());
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException("%s is not base64 (expected: base64: and the encoded PEM)".formatted(location),
					"Encode the file with `base64 -w0` and set %s again.".formatted(location.property()));
		}
	}

	private static RefusedException unreadable(Location location, IOException ex) {
		String reason = (ex instanceof NoSuchFileException || ex instanceof FileNotFoundException) ? "does not exist"
				: (ex instanceof AccessDeniedException) ? "may not be read by this process"
						: (ex instanceof FileSystemLoopException
								|| String.valueOf(ex.getMessage()).contains("Too many")) ? "is a loop of symbolic links"
										: "cannot be read (%s)".formatted(String.valueOf(ex.getMessage()));
		return new RefusedException("%s %s (expected: a readable file)".formatted(location, reason),
				"Check the path and its permissions, or correct %s.".formatted(location.property()), ex);
	}

}
