package io.github.securegrpc.server;

import java.io.IOException;
import java.net.BindException;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says at which address the gRPC server cannot listen, and why: grpc-java says the
 * former, its cause the latter.
 */
final class BindFailureAnalyzer implements FailureAnalyzer {

	private static final String GRPC = "Failed to bind to address";

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException && String.valueOf(cause.getMessage()).startsWith(GRPC)) {
				return analysis(cause, failure);
			}
		}
		return null;
	}

	private static FailureAnalysis analysis(Throwable bind, Throwable failure) {
		String address = String.valueOf(bind.getMessage()).substring(GRPC.length()).replace("/", "").strip();
		String reason = (bind.getCause() instanceof BindException) ? String.valueOf(bind.getCause().getMessage())
				: String.valueOf(bind.getCause());
		return new FailureAnalysis("The gRPC server cannot listen at %s: %s".formatted(address, reason),
				"Stop the program that has the port (`ss -ltnp` names it), or set another: grpc.server.port with net.devh's starters, spring.grpc.server.port with Spring Boot's own gRPC.",
				failure);
	}

}
