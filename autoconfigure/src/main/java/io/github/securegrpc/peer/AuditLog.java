package io.github.securegrpc.peer;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes who called and who was denied, as structured events whose message says the same
 * to people. Denials are written at most ten times in ten seconds for each peer; the next
 * one tells how many were left out. Thread-safe.
 */
final class AuditLog implements DenialListener {

	private static final Logger logger = LoggerFactory.getLogger("io.github.securegrpc.audit");

	private static final Duration WINDOW = Duration.ofSeconds(10);

	private static final int MAX_EVENTS = 10;

	private static final int MAX_PEERS = 1_024;

	private final Clock clock;

	private final Map<String, Window> denied = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
			return size() > MAX_PEERS;
		}

	};

	AuditLog(Clock clock) {
		this.clock = clock;
	}

	void firstCall(String method, Denial.Caller caller) {
		event(logger.atInfo(), "peer.first-call", method, caller)
			.log("%s (%s) calls %s, the first time on its connection".formatted(caller.name(),
					address(caller.address()), method));
	}

	@Override
	public void denied(Denial denial) {
		Window window = next(denial.caller());
		if (window.events() > MAX_EVENTS) {
			return;
		}
		String leftOut = (window.leftOut() > 0) ? " (%d more of this peer were not logged)".formatted(window.leftOut())
				: "";
		event(logger.atWarn(), denial.enforced() ? "call.denied" : "call.would-be-denied", denial.method(),
				denial.caller())
			.addKeyValue("reason", denial.reason().label())
			.addKeyValue("detail", denial.detail())
			.addKeyValue("omitted", window.leftOut())
			.log("%s %s to %s (%s): %s%s".formatted(denial.enforced() ? "Denied" : "Would deny", denial.method(),
					denial.caller().name(), address(denial.caller().address()), denial.detail(), leftOut));
	}

	private static LoggingEventBuilder event(LoggingEventBuilder builder, String event, String method,
			Denial.Caller caller) {
		LoggingEventBuilder named = builder.addKeyValue("event", event)
			.addKeyValue("method", method)
			.addKeyValue("peer", caller.name())
			.addKeyValue("address", address(caller.address()));
		return (caller.peer() != null) ? named.addKeyValue("fingerprint", caller.peer().fingerprint()) : named;
	}

	private Window next(Denial.Caller caller) {
		String key = (caller.peer() != null) ? caller.peer().fingerprint() : host(caller.address());
		Instant now = this.clock.instant();
		synchronized (this.denied) {
			Window before = this.denied.get(key);
			Window next;
			if (before == null) {
				next = new Window(now, 1, 0);
			}
			else if (before.isOver(now)) {
				next = new Window(now, 1, Math.max(0, before.events() - MAX_EVENTS));
			}
			else {
				next = new Window(before.start(), before.events() + 1, 0);
			}
			this.denied.put(key, next);
			return next;
		}
	}

	private static String host(@Nullable SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? inet.getHostString() : String.valueOf(address);
	}

	private static String address(@Nullable SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? inet.getHostString() + ":" + inet.getPort()
				: String.valueOf(address);
	}

	/** What was denied to one peer since when, and what the window before left out. */
	private record Window(Instant start, int events, int leftOut) {

		boolean isOver(Instant now) {
			return now.isBefore(this.start) || !now.isBefore(this.start.plus(WINDOW));
		}

	}

}
