package io.github.securegrpc.material.source;

import java.nio.file.Path;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One part of the material, an identity or trust anchors, from one kind of store.
 *
 * @param <T> what is loaded
 */
interface MaterialPart<T> {

	/**
	 * Reads the part.
	 * @param reader the read that all parts share
	 * @return the part, or {@code null} if the store has none
	 */
	@Nullable T load(LocationReader reader);

	/**
	 * Returns whether the part can change while the application runs.
	 * @return {@code false} if one read is enough
	 */
	boolean canChange();

	/**
	 * Returns the directories whose events announce a change.
	 * @return the directories, or none
	 */
	Set<Path> directories();

}
