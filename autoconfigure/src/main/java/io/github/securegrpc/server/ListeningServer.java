package io.github.securegrpc.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.grpc.Server;
import org.jspecify.annotations.Nullable;

/**
 * The server that listens now, whichever engine started it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ListeningServer {

	private volatile @Nullable Server server;

	/**
	 * A server began to listen.
	 * @param started the server
	 */
	public void started(Server started) {
		this.server = started;
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
