package io.github.securegrpc.sample.ledger;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

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

	/**
	 * Prints what stopped the built-in client, and what to do.
	 */
	static final class Analyzer extends AbstractFailureAnalyzer<LedgerClientException> {

		@Override
		protected FailureAnalysis analyze(Throwable rootFailure, LedgerClientException cause) {
			return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
		}

	}

}
