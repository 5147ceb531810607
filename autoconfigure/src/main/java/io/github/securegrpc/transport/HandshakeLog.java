package io.github.securegrpc.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.validation.Printable;

/**
 * Logs the first connection of each channel and generation, and each refused handshake,
 * the latter at most ten times in ten seconds for a peer's address. Thread-safe.
 */
final class HandshakeLog implements HandshakeListener {

	private static final Log logger = LogFactory.getLog("io.github.securegrpc.handshake");

	private static final Duration WINDOW = Duration.ofSeconds(10);

	private static final int MAX_LINES = 10;

	private static final int MAX_PEERS = 1_024;

	private final Clock clock;

	private final Map<String, Integer> announced = new ConcurrentHashMap<>();

	private final Map<String, Window> refused = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
			return size() > MAX_PEERS;
		}

	};

	HandshakeLog(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void completed(Handshake handshake) {
		ChannelTarget channel = handshake.channel();
		if (handshake.end() instanceof Handshake.Completed completed) {
			if (channel != null) {
				established(channel.channel(), handshake, completed.session());
			}
		}
		else if (handshake.end() instanceof Handshake.Failed failed && isDue(handshake.peer())) {
			logger.warn("Refused secure gRPC connection %s: %s: %s"
				.formatted((channel != null) ? "to %s (%s)".formatted(channel.channel(), address(handshake.peer()))
						: "from " + address(handshake.peer()), failed.result(), failed.detail()));
		}
	}

	private void established(String channel, Handshake handshake, SSLSession session) {
		Integer before = this.announced.put(channel, handshake.generation());
		if (before == null || before != handshake.generation()) {
			logger.info("Established secure gRPC connection to %s (%s, %s, %s, %s)".formatted(channel,
					address(handshake.peer()), session.getProtocol(), session.getCipherSuite(), peer(session)));
		}
	}

	private static String peer(SSLSession session) {
		try {
			Certificate[] chain = session.getPeerCertificates();
			X509Certificate leaf = (X509Certificate) chain[0];
			return "peer %s, expires %s".formatted(Printable.names(leaf), leaf.getNotAfter().toInstant());
		}
		catch (SSLPeerUnverifiedException ex) {
			return "peer without a certificate";
		}
	}

	private boolean isDue(@Nullable SocketAddress peer) {
		String key = (peer instanceof InetSocketAddress inet) ? inet.getHostString() : String.valueOf(peer);
		Instant now = this.clock.instant();
		synchronized (this.refused) {
			Window window = this.refused.get(key);
			Window next = (window == null || window.isOver(now)) ? new Window(now, 1)
					: new Window(window.start(), window.lines() + 1);
			this.refused.put(key, next);
			return next.lines() <= MAX_LINES;
		}
	}

	private static String address(@Nullable SocketAddress peer) {
		return (peer instanceof InetSocketAddress inet) ? inet.getHostString() + ":" + inet.getPort()
				: String.valueOf(peer);
	}

	/** What was logged of one peer since when. */
	private record Window(Instant start, int lines) {

		boolean isOver(Instant now) {
			return now.isBefore(this.start) || !now.isBefore(this.start.plus(WINDOW));
		}

	}

}
