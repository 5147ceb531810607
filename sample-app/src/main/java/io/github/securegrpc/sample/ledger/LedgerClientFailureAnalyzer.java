package io.github.securegrpc.sample.ledger;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints what stopped the built-in client, and what to do.
 */
final class LedgerClientFailureAnalyzer extends AbstractFailureAnalyzer<LedgerClientException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, LedgerClientException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
