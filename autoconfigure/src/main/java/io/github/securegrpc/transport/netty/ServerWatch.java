package io.github.securegrpc.transport.netty;

import java.net.SocketAddress;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;
import io.github.securegrpc.transport.ConnectionLog;

/**
 * Closes the connection of a channel when its server's leaf expires, and when the trust
 * anchors or revocation lists change to ones that refuse the server. Looks on the
 * connection's event loop.
 */
final class ServerWatch implements Runnable {

	/* Clocks are set, and machines sleep. */
	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final Channel connection;

	private final SSLEngine engine;

	private final Instant notAfter;

	private final RotatingSslContext context;

	private final ConnectionLog log;

	private final Clock clock;

	private PeerTrust trust;

	private @Nullable Future<?> next;

	private ServerWatch(Channel connection, SSLEngine engine, Instant notAfter, Observation observation) {
		this.connection = connection;
		this.engine = engine;
		this.notAfter = notAfter;
		this.context = observation.context();
		this.log = observation.log();
		this.clock = observation.clock();
		this.trust = this.context.trust(engine);
	}

	/* The connection was accepted by the generation that made its engine. */
	static void begin(Channel connection, SSLEngine engine, Instant notAfter, Observation observation) {
		ServerWatch watch = new ServerWatch(connection, engine, notAfter, observation);
		watch.context.follow(watch);
		// which may have closed already: whoever follows after the end follows for ever
		connection.closeFuture().addListener((closed) -> watch.end());
		watch.look();
	}

	private void end() {
		this.context.unfollow(this);
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

	/* The generation in force has other trust anchors or revocation lists. */
	@Override
	public void run() {
		try {
			this.connection.eventLoop().execute(this::look);
		}
		catch (RejectedExecutionException ex) {
			// the connection went with its event loop
		}
	}

	private void look() {
		if (this.next != null) {
			this.next.cancel(false);
		}
		if (!this.connection.isActive()) {
			return;
		}
		String loss = loss();
		if (loss != null) {
			SocketAddress peer = this.connection.remoteAddress();
			this.log.channel(peer,
					() -> "Closing secure gRPC connection to %s: %s".formatted(Printable.address(peer), loss));
			this.context.unfollow(this);
			GracefulClose.of(this.connection);
			return;
		}
		Duration left = Duration.between(this.clock.instant(), this.notAfter).plusMillis(1);
		Duration delay = (left.compareTo(LONGEST) < 0) ? left : LONGEST;
		this.next = this.connection.eventLoop()
			.schedule(this::look, Math.max(1, delay.toMillis()), TimeUnit.MILLISECONDS);
	}

	/* Returns why the server is not authenticated any more, or null while it is. */
	private @Nullable String loss() {
		if (this.clock.instant().isAfter(this.notAfter)) {
			return "the server's certificate expired at " + this.notAfter;
		}
		PeerTrust inForce = this.context.trust();
		if (inForce.believesTheSame(this.trust)) {
			return null;
		}
		CertificateException refusal = inForce.refusal(this.engine);
		this.trust = inForce;
		return (refusal != null) ? refusal.getMessage() : null;
	}

}
