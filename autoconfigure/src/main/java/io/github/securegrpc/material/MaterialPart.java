package io.github.securegrpc.material;

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

}
