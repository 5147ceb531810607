package io.github.securegrpc.sample.signer;

import java.util.Comparator;

/**
 * A step of the chain, of which a validator signs one message at most.
 *
 * @param height of the block
 * @param round at that height
 * @param step 1 for the proposal, 2 for the prevote, 3 for the precommit; 0 for none
 */
record SignStep(long height, int round, int step) implements Comparable<SignStep> {

	static final int PROPOSE = 1;

	static final int PREVOTE = 2;

	static final int PRECOMMIT = 3;

	/** Of a key that has signed nothing. */
	static final SignStep NONE = new SignStep(0, 0, 0);

	private static final Comparator<SignStep> ORDER = Comparator.comparingLong(SignStep::height)
		.thenComparingInt(SignStep::round)
		.thenComparingInt(SignStep::step);

	@Override
	public int compareTo(SignStep other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return "height %d, round %d, step %d".formatted(this.height, this.round, this.step);
	}

}
