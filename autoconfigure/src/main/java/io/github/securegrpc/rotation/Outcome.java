package io.github.securegrpc.rotation;

import java.time.Instant;

/**
 * What came of asking a source once.
 *
 * @since 0.1.0
 */
public sealed interface Outcome {

	/**
	 * The content is that of the generation in force.
	 */
	record Unchanged() implements Outcome {

	}

	/**
	 * A new generation is in force.
	 *
	 * @param generation the new generation
	 */
	record Rotated(Generation generation) implements Outcome {

	}

	/**
	 * The replacement is good, but its time has not come. The generation in force stays
	 * until then.
	 *
	 * @param until when the replacement becomes valid
	 * @param reason what is held
	 */
	record Held(Instant until, String reason) implements Outcome {

	}

	/**
	 * The replacement was not taken. The generation in force stays.
	 *
	 * @param refusal when and why
	 */
	record Refused(Refusal refusal) implements Outcome {

	}

	/**
	 * The source has not answered yet. The generation in force stays until it does.
	 *
	 * @param since when the look began
	 * @param reason how long it has taken, and what it reads
	 */
	record Overdue(Instant since, String reason) implements Outcome {

	}

}
