package io.github.securegrpc.peer;

import java.time.Clock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

import io.github.securegrpc.text.Printable;
import io.github.securegrpc.validation.LogLimit;

/**
 * Writes what a security audit asks for to the log {@code io.github.securegrpc.audit}, as
 * structured events: denials and idle connections that are closed, within the limits of
 * {@link LogLimit}, and on request the first call of each connection. Peers without a
 * certificate have limits of their own: a stranger hides nothing that a known peer does.
 * Thread-safe.
 */
final class AuditLog implements ImmediateDenialListener, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger("io.github.securegrpc.audit");

	private final Audit audit;

	private final LogLimit known;

	private final LogLimit strangers;

	private final LogLimit crowds;

	private final LogLimit closings;

	AuditLog(Audit audit, Clock clock) {
		this.audit = audit;
		this.known = new LogLimit(clock, (leftOut) -> omitted("peers with a certificate", leftOut));
		this.strangers = new LogLimit(clock, (leftOut) -> omitted("peers without a certificate", leftOut));
		this.crowds = new LogLimit(clock, (leftOut) -> omitted("passwords that nobody looked at", leftOut));
		this.closings = new LogLimit(clock, AuditLog::closingsOmitted);
	}

	void firstCall(String method, Denial.Caller caller) {
		if (this.audit == Audit.ALL && logger.isInfoEnabled()) {
			String printable = Printable.text(method);
			event(logger.atInfo(), "peer.first-call", printable, caller)
				.log("%s (%s) calls %s, the first time on its connection".formatted(caller.name(),
						Printable.address(caller.address()), printable));
		}
	}

	@Override
	public void denied(Denial denial) {
		Denial.Caller caller = denial.caller();
		if (limit(denial).admits(whom(caller))) {
			event(logger.atWarn(), denial.enforced() ? "call.denied" : "call.would-be-denied", denial.method(), caller)
				.addKeyValue("reason", denial.reason().label())
				.addKeyValue("detail", denial.detail())
				.log("%s %s to %s (%s): %s".formatted(denial.enforced() ? "Denied" : "Would deny", denial.method(),
						caller.name(), Printable.address(caller.address()), denial.detail()));
		}
	}

	/* A connection that had no call: of those, the denials tell. */
	void closing(Denial.Caller caller, String detail) {
		if (caller.peer() != null && this.closings.admits(caller.peer().fingerprint())) {
			LoggingEventBuilder event = logger.atWarn().addKeyValue("event", "connection.closed");
			peer(event, caller).addKeyValue("detail", detail)
				.log("Closing the idle connection of %s (%s): %s".formatted(caller.name(),
						Printable.address(caller.address()), Printable.line(detail)));
		}
	}

	@Override
	public void close() {
		this.known.close();
		this.strangers.close();
		this.crowds.close();
		this.closings.close();
	}

	private LogLimit limit(Denial denial) {
		if (denial.reason() == Denial.Reason.TOO_MANY_PASSWORDS) {
			return this.crowds;
		}
		return isKnown(denial.caller()) ? this.known : this.strangers;
	}

	/* Behind a proxy anybody may be. */
	private static boolean isKnown(Denial.Caller caller) {
		return caller.peer() != null && caller.proxy() == null;
	}

	private static String whom(Denial.Caller caller) {
		PeerIdentity peer = caller.peer();
		return (peer != null && isKnown(caller)) ? peer.fingerprint() : LogLimit.network(caller.address());
	}

	private static void omitted(String peers, long leftOut) {
		logger.atWarn()
			.addKeyValue("event", "denials.omitted")
			.addKeyValue("omitted", leftOut)
			.log("Denials to %s: %s".formatted(peers, LogLimit.words(leftOut)));
	}

	private static void closingsOmitted(long leftOut) {
		logger.atWarn()
			.addKeyValue("event", "closings.omitted")
			.addKeyValue("omitted", leftOut)
			.log("Idle connections that are closed: " + LogLimit.words(leftOut));
	}

	private static LoggingEventBuilder event(LoggingEventBuilder builder, String event, String method,
			Denial.Caller caller) {
		return peer(builder.addKeyValue("event", event).addKeyValue("method", method), caller);
	}

	private static LoggingEventBuilder peer(LoggingEventBuilder builder, Denial.Caller caller) {
		LoggingEventBuilder named = builder.addKeyValue("peer", caller.name())
			.addKeyValue("address", Printable.address(caller.address()));
		if (caller.proxy() != null) {
			named = named.addKeyValue("proxy", Printable.address(caller.proxy()));
		}
		if (caller.user() != null) {
			named = named.addKeyValue("user", Printable.line(caller.user()));
		}
		return (caller.peer() != null) ? named.addKeyValue("fingerprint", caller.peer().fingerprint()) : named;
	}

}
