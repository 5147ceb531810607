package io.github.securegrpc.sample.ledger;

/**
 * The built-in client could not do its work, which ends the application.
 */
final class LedgerClientException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	LedgerClientException(String description, String action, Throwable cause) {
		super(description, cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
