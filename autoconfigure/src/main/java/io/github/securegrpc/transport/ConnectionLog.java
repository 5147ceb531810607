package io.github.securegrpc.transport;

import java.net.SocketAddress;
import java.time.Clock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.PrintableLog;
import io.github.securegrpc.validation.LogLimit;

/**
 * What is logged of connections that are refused or closed, within limits: whoever can
 * connect must not be able to fill the log. What strangers do to the server hides nothing
 * of the channels. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ConnectionLog implements AutoCloseable {

	private static final PrintableLog logger = PrintableLog.of("io.github.securegrpc.handshake");

	private final LogLimit server;

	private final LogLimit channels;

	/**
	 * Creates a log.
	 * @param clock tells the time
	 */
	public ConnectionLog(Clock clock) {
		this.server = new LogLimit(clock, (leftOut) -> logger
			.warn("Refused or closed secure gRPC connections of peers: " + LogLimit.words(leftOut)));
		this.channels = new LogLimit(clock, (leftOut) -> logger
			.warn("Refused or closed secure gRPC connections of channels: " + LogLimit.words(leftOut)));
	}

	/**
	 * Logs what became of a connection of the server.
	 * @param peer its other end
	 * @param line what became of it
	 */
	public void server(@Nullable SocketAddress peer, Supplier<String> line) {
		write(this.server, peer, line);
	}

	/**
	 * Logs what became of a connection of a channel.
	 * @param peer its other end
	 * @param line what became of it
	 */
	public void channel(@Nullable SocketAddress peer, Supplier<String> line) {
		write(this.channels, peer, line);
	}

	@Override
	public void close() {
		this.server.close();
		this.channels.close();
	}

	private static void write(LogLimit limit, @Nullable SocketAddress peer, Supplier<String> line) {
		if (limit.admits(peer)) {
			logger.warn(line.get());
		}
	}

}
