package io.github.securegrpc.transport;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.github.securegrpc.text.Printable;
import io.github.securegrpc.text.PrintableLog;

/**
 * Logs the first connection of each channel and generation, and each refused handshake,
 * the latter within the limits of {@link ConnectionLog}. Thread-safe.
 */
final class HandshakeLog implements ImmediateHandshakeListener {

	private static final PrintableLog logger = PrintableLog.of("io.github.securegrpc.handshake");

	private final ConnectionLog log;

	private final Map<String, Integer> announced = new ConcurrentHashMap<>();

	HandshakeLog(ConnectionLog log) {
		this.log = log;
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
			String address = Printable.address(handshake.peer());
			if (channel != null) {
				this.log.channel(handshake.peer(),
						() -> refused("to %s (%s)".formatted(channel.channel(), address), failed));
			}
			else {
				this.log.server(handshake.peer(), () -> refused("from " + address, failed));
			}
		}
	}

	private static String refused(String connection, Handshake.Failed failed) {
		return "Refused secure gRPC connection %s: %s: %s".formatted(connection, failed.result(), failed.detail());
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
