package io.github.securegrpc.transport;

import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections that we make to our own server to see what it serves. They end in the
 * middle of the handshake, and nobody is to be alarmed by that. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OwnConnections {

	private final Set<SocketAddress> addresses = ConcurrentHashMap.newKeySet();

	/**
	 * Announces a connection.
	 * @param address its local address, which is the peer's for the server
	 */
	public void announce(SocketAddress address) {
		this.addresses.add(address);
	}

	/**
	 * Takes an announcement back, for a connection that never reached the server.
	 * @param address the address
	 */
	public void withdraw(SocketAddress address) {
		this.addresses.remove(address);
	}

	/* Each announcement is for one handshake. */
	boolean isOwn(Handshake handshake) {
		return handshake.channel() == null && handshake.peer() != null && this.addresses.remove(handshake.peer());
	}

}
