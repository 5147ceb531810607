package io.github.securegrpc.material.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.material.RefusedException;

/**
 * A part from files. They are read at every look, but parsed, and keys decrypted, again
 * only once a byte of them has changed: the same bytes give the same part, or the same
 * refusal. Of the bytes only a digest is kept.
 *
 * @param <T> what is loaded
 */
final class FilePart<T> implements MaterialPart<T> {

	private final FileParser<T> parser;

	private @Nullable String digest;

	private Supplier<T> parsed = () -> {
		throw new IllegalStateException("not read yet");
	};

	FilePart(FileParser<T> parser) {
		this.parser = parser;
	}

	@Override
	public T load(LocationReader reader) {
		List<byte[]> contents = this.parser.locations().stream().map(reader::read).toList();
		String now = Fingerprint.of(contents);
		if (!now.equals(this.digest)) {
			this.parsed = parse(contents);
			this.digest = now;
		}
		return this.parsed.get();
	}

	private Supplier<T> parse(List<byte[]> contents) {
		try {
			T part = this.parser.parse(contents);
			return () -> part;
		}
		catch (RefusedException ex) {
			return () -> {
				throw ex;
			};
		}
	}

	@Override
	public boolean canChange() {
		return this.parser.locations().stream().anyMatch(Location::canChange);
	}

	@Override
	public Set<Path> directories() {
		return this.parser.locations()
			.stream()
			.flatMap((location) -> location.directories().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public String toString() {
		return this.parser.toString();
	}

}
