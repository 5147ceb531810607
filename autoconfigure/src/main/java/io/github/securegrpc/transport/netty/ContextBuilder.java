package io.github.securegrpc.transport.netty;

import io.github.securegrpc.material.TlsMaterial;

/**
 * Builds the context of one generation, and tries it before it returns it.
 */
@FunctionalInterface
interface ContextBuilder {

	/**
	 * Builds a context, which the caller owns.
	 * @param material the material of the generation
	 * @return the context
	 * @throws io.github.securegrpc.material.RefusedException if it cannot work
	 */
	TlsContext build(TlsMaterial material);

}
