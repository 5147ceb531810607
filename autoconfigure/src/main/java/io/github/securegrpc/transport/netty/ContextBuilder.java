package io.github.securegrpc.transport.netty;

import io.netty.handler.ssl.SslContext;

import io.github.securegrpc.material.TlsMaterial;

/**
 * Builds the context of one generation.
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

	/**
	 * Tries every context before it is returned. One that fails is released.
	 * @param trial throws whatever it likes
	 * @return a builder of contexts that work
	 */
	default ContextBuilder tried(Trial trial) {
		return (material) -> {
			TlsContext context = build(material);
			try (Owned<SslContext> owned = new Owned<>(context.netty())) {
				trial.run(owned.get(), material);
				owned.handOver();
				return context;
			}
		};
	}

	/** Tries a context. */
	@FunctionalInterface
	interface Trial {

		/**
		 * Tries a context, which stays the caller's.
		 * @param context the context
		 * @param material what it was built of
		 */
		void run(SslContext context, TlsMaterial material);

	}

}
