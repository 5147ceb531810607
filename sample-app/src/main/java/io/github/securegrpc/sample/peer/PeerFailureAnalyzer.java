package io.github.securegrpc.sample.peer;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Prints why the peer does not start, and what to do.
 */
final class PeerFailureAnalyzer extends AbstractFailureAnalyzer<PeerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PeerException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.action(), cause);
	}

}
