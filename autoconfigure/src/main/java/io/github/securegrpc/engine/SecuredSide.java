package io.github.securegrpc.engine;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * One side of an engine that we secure; each engine has a bean for each of its sides.
 *
 * @param side which side
 * @param engine which engine, or {@code null} for builders of the application's own
 * @param state how it stands with it when all singletons are made
 * @since 0.1.0
 */
public record SecuredSide(Side side, @Nullable Engine engine, Supplier<State> state) {

	/**
	 * The bean that looks at all sides: a context that has it secures what is in it.
	 */
	public static final String GUARD = "secureGrpcEngineGuard";

	/** A side of an engine. */
	public enum Side {

		/** The server. */
		SERVER,
		/** The channels. */
		CLIENT

	}

	/** How it stands with a side. */
	public enum State {

		/** It runs, and what is set for it is in force. */
		RUNS,
		/** The application has switched it off. */
		SWITCHED_OFF,
		/** There is none. */
		MISSING

	}

}
