package io.github.securegrpc.sample.signer;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints why the signer does not start, and what to do.
 */
final class SignerFailureAnalyzer extends AbstractFailureAnalyzer<SignerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SignerException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
