package io.github.securegrpc.peer;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.PrintableLog;

/**
 * Ends the open calls of a connection at the moment its peer's certificate expires, and
 * those of every connection whose peer the trust anchors do not accept any more when they
 * change; then closes the connection. One thread looks at all connections. Thread-safe.
 */
final class PeerWatch {

	private static final PrintableLog logger = PrintableLog.of(PeerWatch.class);

	/* Clocks are set, and machines sleep. */
	private static final Duration LONGEST = Duration.ofMinutes(1);

	private static final int MANY = 16;

	private static final Duration JITTER = Duration.ofSeconds(5);

	private final Set<PeerConnection> connections = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService executor;

	private final Denials denials;

	private final Clock clock;

	PeerWatch(ScheduledExecutorService executor, Denials denials, Clock clock) {
		this.executor = executor;
		this.denials = denials;
		this.clock = clock;
	}

	void opened(PeerConnection connection, TrustInForce trust) {
		if (connection.caller().peer() != null) {
			this.connections.add(connection);
			later(connection, trust);
		}
	}

	void closed(PeerConnection connection) {
		this.connections.remove(connection);
		connection.cancelLook();
	}

	void trustChanged(TrustInForce trust) {
		try {
			this.executor.execute(() -> this.connections.forEach((connection) -> tryLook(connection, trust)));
		}
		catch (RejectedExecutionException ex) {
			// the application stops
		}
	}

	private void later(PeerConnection connection, TrustInForce trust) {
		PeerIdentity peer = connection.caller().peer();
		if (peer == null || connection.isClosing() || !this.connections.contains(connection)) {
			return;
		}
		// a pin may have expired before the handshake, with validation: platform
		Duration left = Duration.between(this.clock.instant(), peer.notAfter()).plusMillis(1);
		Duration delay = (left.compareTo(LONGEST) < 0) ? left : LONGEST;
		try {
			connection.nextLook(this.executor.schedule(() -> {
				tryLook(connection, trust);
				later(connection, trust);
			}, Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS));
		}
		catch (RejectedExecutionException ex) {
			// the application stops
		}
	}

	/*
	 * What goes wrong with one connection ends neither its next look nor those at others.
	 */
	private void tryLook(PeerConnection connection, TrustInForce trust) {
		try {
			look(connection, trust);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Looking at the connection of %s failed; it is looked at again"
				.formatted(connection.caller().name()), ex);
		}
	}

	private void look(PeerConnection connection, TrustInForce trust) {
		PeerConnection.Loss loss = connection.loss(this.clock.instant(), trust.current());
		if (loss != null) {
			boolean idle = connection.calls().isEmpty();
			connection.calls().forEach((call) -> end(call, connection, loss));
			close(connection, idle ? loss.detail() : null);
		}
	}

	/*
	 * Peers connect anew when their connection is closed: many do not at once. Why an
	 * idle one is closed is said here.
	 */
	private void close(PeerConnection connection, @Nullable String idle) {
		if (!connection.beginClosing()) {
			return;
		}
		if (idle != null) {
			this.denials.audit().closing(connection.caller(), idle);
		}
		long jitter = (this.connections.size() > MANY) ? ThreadLocalRandom.current().nextLong(JITTER.toMillis()) : 0;
		try {
			this.executor.schedule(() -> tryClose(connection), jitter, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application stops
		}
	}

	private static void tryClose(PeerConnection connection) {
		try {
			connection.close();
		}
		catch (RuntimeException | Error ex) {
			logger.error(
					"Closing the connection of %s failed; its calls are denied".formatted(connection.caller().name()),
					ex);
		}
	}

	private void end(OpenCall<?, ?> call, PeerConnection connection, PeerConnection.Loss loss) {
		Denial denial = new Denial(loss.reason(), call.getMethodDescriptor().getFullMethodName(), connection.caller(),
				loss.detail(), true);
		try {
			call.end(denial, this.denials);
		}
		catch (RuntimeException | Error ex) {
			logger.error("Ending %s of %s failed".formatted(denial.method(), connection.caller().name()), ex);
		}
	}

}
