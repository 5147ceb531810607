package io.github.securegrpc.transport.netty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tells when the server's leaf expires that a channel is connected to, so that the
 * channel connects anew rather than talk on, and ends the connection after a grace.
 */
final class LeafExpiry {

	/* Clocks are set, and machines sleep. */
	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final Channel connection;

	private final Instant notAfter;

	private final Clock clock;

	private @Nullable Future<?> next;

	private final Runnable expired;

	private LeafExpiry(Channel connection, Instant notAfter, Clock clock, Runnable expired) {
		this.connection = connection;
		this.notAfter = notAfter;
		this.clock = clock;
		this.expired = expired;
	}

	static void watch(Channel connection, Instant notAfter, Clock clock, Runnable expired) {
		LeafExpiry expiry = new LeafExpiry(connection, notAfter, clock, expired);
		expiry.later();
		connection.closeFuture().addListener((closed) -> expiry.cancel());
	}

	private void later() {
		Duration left = Duration.between(this.clock.instant(), this.notAfter).plusMillis(1);
		long delay = Math.max(1, Math.min(left.toMillis(), LONGEST.toMillis()));
		this.next = this.connection.eventLoop().schedule(this::look, delay, TimeUnit.MILLISECONDS);
	}

	private void cancel() {
		if (this.next != null) {
			this.next.cancel(false);
		}
	}

	private void look() {
		if (this.clock.instant().isAfter(this.notAfter)) {
			this.expired.run();
			GracefulClose.afterGrace(this.connection);
		}
		else {
			later();
		}
	}

}
