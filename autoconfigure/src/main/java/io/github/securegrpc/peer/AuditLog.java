package io.github.securegrpc.peer;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import io.github.securegrpc.material.Printable;
import io.github.securegrpc.validation.LogLimit;

/**
 * Writes who called and who was denied, as structured events whose message says the same
 * to people. Denials are written at most ten times in ten seconds for each peer; the next
 * one tells how many were left out. Thread-safe.
 */
final class AuditLog implements DenialListener {

	private static final Logger logger = LoggerFactory.getLogger("io.github.securegrpc.audit");

	private final LogLimit denials;

	AuditLog(Clock clock) {
		this.denials = new LogLimit(clock);
	}

	void firstCall(String method, Denial.Caller caller) {
		event(logger.atInfo(), "peer.first-call", method, caller)
			.log("%s (%s) calls %s, the first time on its connection".formatted(caller.name(),
					Printable.address(caller.address()), method));
	}

	@Override
	public void denied(Denial denial) {
		Denial.Caller caller = denial.caller();
		this.denials.next((caller.peer() != null) ? caller.peer().fingerprint() : Printable.host(caller.address()))
			.ifPresent((leftOut) -> event(logger.atWarn(), denial.enforced() ? "call.denied" : "call.would-be-denied",
					denial.method(), caller)
				.addKeyValue("reason", denial.reason().label())
				.addKeyValue("detail", denial.detail())
				.addKeyValue("omitted", leftOut)
				.log("%s %s to %s (%s): %s%s".formatted(denial.enforced() ? "Denied" : "Would deny", denial.method(),
						caller.name(), Printable.address(caller.address()), denial.detail(), LogLimit.words(leftOut))));
	}

	private static LoggingEventBuilder event(LoggingEventBuilder builder, String event, String method,
			Denial.Caller caller) {
		LoggingEventBuilder named = builder.addKeyValue("event", event)
			.addKeyValue("method", method)
			.addKeyValue("peer", caller.name())
			.addKeyValue("address", Printable.address(caller.address()));
		return (caller.peer() != null) ? named.addKeyValue("fingerprint", caller.peer().fingerprint()) : named;
	}

}
