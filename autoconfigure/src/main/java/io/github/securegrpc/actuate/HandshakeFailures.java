package io.github.securegrpc.actuate;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeListener;

/**
 * Keeps the newest failed handshakes. Thread-safe.
 */
final class HandshakeFailures implements HandshakeListener {

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
					address(handshake.peer()), failed.result(), failed.detail());
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

	private static @Nullable String address(@Nullable SocketAddress peer) {
		if (peer instanceof InetSocketAddress inet) {
			return inet.getHostString() + ":" + inet.getPort();
		}
		return (peer != null) ? peer.toString() : null;
	}

}
