package io.github.securegrpc.transport;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Printable;
import io.github.securegrpc.material.PrintableLog;
import io.github.securegrpc.validation.LogLimit;

/**
 * Logs the first connection of each channel and generation, and each refused handshake,
 * the latter at most ten times in ten seconds for a peer's address. Thread-safe.
 */
final class HandshakeLog implements HandshakeListener {

	private static final PrintableLog logger = PrintableLog.of("io.github.securegrpc.handshake");

	private final LogLimit refusals;

	private final Map<String, Integer> announced = new ConcurrentHashMap<>();

	HandshakeLog(Clock clock) {
		this.refusals = new LogLimit(clock);
	}

	@Override
	public void completed(Handshake handshake) {
		ChannelTarget channel = handshake.channel();
		if (handshake.end() instanceof Handshake.Completed completed) {
			if (channel != null) {
				established(channel.channel(), handshake, completed.session());
			}
		}
		else if (handshake.end() instanceof Handshake.Failed failed) {
			this.refusals.next(Printable.host(handshake.peer()))
				.ifPresent((leftOut) -> refused(channel, handshake, failed, leftOut));
		}
	}

	private static void refused(@Nullable ChannelTarget channel, Handshake handshake, Handshake.Failed failed,
			int leftOut) {
		String address = Printable.address(handshake.peer());
		logger.warn("Refused secure gRPC connection %s: %s: %s%s".formatted(
				(channel != null) ? "to %s (%s)".formatted(channel.channel(), address) : "from " + address,
				failed.result(), failed.detail(), LogLimit.words(leftOut)));
	}

	private void established(String channel, Handshake handshake, SSLSession session) {
		Integer before = this.announced.put(channel, handshake.generation());
		if (before == null || before != handshake.generation()) {
			logger.info("Established secure gRPC connection to %s (%s, %s, %s, %s)".formatted(channel,
					Printable.address(handshake.peer()), session.getProtocol(), session.getCipherSuite(),
					peer(session)));
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

}
