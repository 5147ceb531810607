package io.github.securegrpc.actuate;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.securegrpc.text.Printable;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.ImmediateHandshakeListener;

/**
 * Keeps the newest failed handshakes. Thread-safe.
 */
final class HandshakeFailures implements ImmediateHandshakeListener {

	private static final int KEPT = 32;

	private final Clock clock;

	private final Deque<CertificatesReport.HandshakeFailure> newest = new ArrayDeque<>();

	HandshakeFailures(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void completed(Handshake handshake) {
		if (handshake.end() instanceof Handshake.Failed failed) {
			CertificatesReport.HandshakeFailure failure = new CertificatesReport.HandshakeFailure(
					this.clock.instant().truncatedTo(ChronoUnit.SECONDS),
					(handshake.channel() != null) ? "client." + handshake.channel().channel() : "server",
					(handshake.peer() != null) ? Printable.address(handshake.peer()) : null, failed.result(),
					failed.detail());
			synchronized (this.newest) {
				if (this.newest.size() == KEPT) {
					this.newest.removeLast();
				}
				this.newest.addFirst(failure);
			}
		}
	}

	List<CertificatesReport.HandshakeFailure> newest() {
		synchronized (this.newest) {
			return List.copyOf(this.newest);
		}
	}

}
