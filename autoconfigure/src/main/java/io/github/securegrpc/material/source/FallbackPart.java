package io.github.securegrpc.material.source;

import java.nio.file.Path;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;

/**
 * What no level of the configuration names: a part of the fallback, or nothing at all.
 *
 * @param <T> what is loaded
 */
record FallbackPart<T>(@Nullable TlsMaterialSource fallback, Part<T> part) implements MaterialPart<T> {

	@Override
	public @Nullable T load(LocationReader reader) {
		return (this.fallback != null) ? this.part.of(this.fallback.load()) : null;
	}

	@Override
	public boolean canChange() {
		return this.fallback != null && this.fallback.canChange();
	}

	@Override
	public Set<Path> directories() {
		return (this.fallback != null) ? this.fallback.directories() : Set.of();
	}

	/** Takes a part of the material. */
	interface Part<T> {

		@Nullable T of(TlsMaterial material);

	}

}
