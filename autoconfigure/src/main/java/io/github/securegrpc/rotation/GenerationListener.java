package io.github.securegrpc.rotation;

/**
 * Follows a {@link RotatingMaterial} in two steps: everything that can fail is prepared
 * first, by all who follow; only then is the new generation taken, by all. Called from
 * one thread at a time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface GenerationListener {

	/**
	 * Prepares to use a generation, which is not in force yet.
	 * @param next the generation to come
	 * @return what is prepared
	 * @throws io.github.securegrpc.material.RefusedException if it cannot be used
	 */
	Prepared prepare(Generation next);

	/**
	 * What was prepared: exactly one of its methods is called, once. Neither may fail.
	 */
	interface Prepared {

		/** Takes the generation. */
		void take();

		/** Lets go of what was prepared: another listener refused. */
		void discard();

	}

}
