package io.github.securegrpc.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicReference;

import io.grpc.Server;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.PrintableLog;

/**
 * The server that listens now, whichever engine started it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ListeningServer {

	private static final PrintableLog logger = PrintableLog.of(ListeningServer.class);

	private final AtomicReference<@Nullable String> bypass = new AtomicReference<>();

	private volatile @Nullable Server server;

	/**
	 * A server began to listen.
	 * @param started the server
	 */
	public void started(Server started) {
		this.server = started;
	}

	/**
	 * A server has a connection that was not made the way that was decided. Said once,
	 * and never forgotten: what replaced our part of the server is still there.
	 * @param peer where the connection came from
	 */
	public void bypassed(@Nullable SocketAddress peer) {
		String words = "a connection from %s was not made by the transport that was decided: something replaced it or its attributes"
			.formatted(peer);
		if (this.bypass.compareAndSet(null, words)) {
			logger.error("The gRPC server is not secured the way it was decided: %s. No call is served on such a "
				.formatted(words)
					+ "connection. Find what calls sslContext, useTransportSecurity, protocolNegotiator or addTransportFilter "
					+ "on the builder of the server, and remove it.");
		}
	}

	/**
	 * Returns what was seen of connections that were not made the way that was decided.
	 * @return what, or {@code null} if nothing was
	 */
	public @Nullable String bypass() {
		return this.bypass.get();
	}

	/**
	 * Returns an address at which the server can be reached from this machine.
	 * @return the address, loopback where the server listens on all, or {@code null} if
	 * it does not listen on a port
	 */
	public @Nullable InetSocketAddress localAddress() {
		Server listening = this.server;
		if (listening == null || listening.isShutdown()) {
			return null;
		}
		for (SocketAddress address : listening.getListenSockets()) {
			if (address instanceof InetSocketAddress inet) {
				return inet.getAddress().isAnyLocalAddress()
						? new InetSocketAddress(InetAddress.getLoopbackAddress(), inet.getPort()) : inet;
			}
		}
		return null;
	}

	/**
	 * Returns whether one of the server's services has a method. What a fallback registry
	 * answers without saying that it has it, it has not.
	 * @param method the full name of the method
	 * @return whether the server has it
	 */
	public boolean hasMethod(String method) {
		Server listening = this.server;
		return listening != null
				&& listening.getServices().stream().anyMatch((service) -> service.getMethod(method) != null);
	}

}
