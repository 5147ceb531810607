package io.github.securegrpc.sample.ledger;

/**
 * A request that the ledger refuses: why, and in which of four ways.
 */
final class LedgerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private LedgerException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	static LedgerException invalid(String message, Object... args) {
		return new LedgerException(Reason.INVALID, message.formatted(args));
	}

	static LedgerException unknown(String message, Object... args) {
		return new LedgerException(Reason.UNKNOWN, message.formatted(args));
	}

	static LedgerException exists(String message, Object... args) {
		return new LedgerException(Reason.EXISTS, message.formatted(args));
	}

	static LedgerException inUse(String message, Object... args) {
		return new LedgerException(Reason.IN_USE, message.formatted(args));
	}

	Reason reason() {
		return this.reason;
	}

	enum Reason {

		/** The request itself is wrong, whatever the ledger holds. */
		INVALID,

		/** The request names something that the ledger does not hold. */
		UNKNOWN,

		/** The request contradicts something that the ledger already holds. */
		EXISTS,

		/** What the request would change is relied on by something else. */
		IN_USE

	}

}
