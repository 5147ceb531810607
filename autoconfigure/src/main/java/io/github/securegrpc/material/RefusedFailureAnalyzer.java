package io.github.securegrpc.material;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Turns a refusal at start into its description and its remedy.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RefusedFailureAnalyzer extends AbstractFailureAnalyzer<RefusedException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RefusedException cause) {
		return new FailureAnalysis("Secure gRPC refuses to start: " + cause.getMessage() + ".", cause.action(), cause);
	}

}
