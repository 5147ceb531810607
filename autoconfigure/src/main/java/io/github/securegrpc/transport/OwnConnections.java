package io.github.securegrpc.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The connections that we make to our own server to see what it serves. They end in the
 * middle of the handshake, and nobody is to be alarmed by that. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OwnConnections {

	/* What is not met soon was for another server: its port may be anybody's by then. */
	private static final int MAX_ANNOUNCED = 4;

	private final Deque<Object> addresses = new ArrayDeque<>();

	/**
	 * Announces a connection.
	 * @param address its local address, which is the peer's for the server
	 */
	public synchronized void announce(SocketAddress address) {
		if (this.addresses.size() == MAX_ANNOUNCED) {
			this.addresses.removeFirst();
		}
		this.addresses.addLast(key(address));
	}

	/**
	 * Takes an announcement back, for a connection that never reached the server, or one
	 * that reached a server without handshakes.
	 * @param address the address
	 * @return whether it was announced
	 */
	public synchronized boolean withdraw(SocketAddress address) {
		return this.addresses.remove(key(address));
	}

	/* Each announcement is for one handshake. */
	synchronized boolean isOwn(Handshake handshake) {
		return handshake.channel() == null && handshake.peer() != null && this.addresses.remove(key(handshake.peer()));
	}

	/* Whether a connection was announced whose handshake has not ended. */
	synchronized boolean isExpected(@Nullable SocketAddress address) {
		return address != null && this.addresses.contains(key(address));
	}

	/* A Unix domain socket's is the JDK's to us and Netty's to the server. */
	private static Object key(SocketAddress address) {
		return (address instanceof InetSocketAddress) ? address : address.toString();
	}

}
