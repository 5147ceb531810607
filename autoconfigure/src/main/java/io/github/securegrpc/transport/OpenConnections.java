package io.github.securegrpc.transport;

import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of the application's servers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenConnections {

	private static final Attributes.Key<Runnable> CLOSER = Attributes.Key
		.create("io.github.securegrpc.transport.closer");

	private final AtomicInteger open = new AtomicInteger();

	private final OwnConnections own;

	OpenConnections(OwnConnections own) {
		this.own = own;
	}

	/**
	 * Returns how many connections are open now.
	 * @return the number
	 */
	public int count() {
		return this.open.get();
	}

	/**
	 * Returns whether a connection that was accepted is one that we make to ourselves. It
	 * is not counted, and no limit is for it.
	 * @param peer the address of the other end
	 * @return whether it is our own
	 */
	public boolean isOwn(@Nullable SocketAddress peer) {
		return this.own.isExpected(peer);
	}

	/**
	 * As {@link #isOwn}, of a server that speaks plaintext: there is no handshake whose
	 * end takes the announcement back, so that whoever has the same address later is
	 * counted.
	 * @param peer the address of the other end
	 * @return whether it is our own
	 */
	public boolean takeOwn(@Nullable SocketAddress peer) {
		return peer != null && this.own.withdraw(peer);
	}

	/**
	 * Counts a connection that was accepted.
	 */
	public void opened() {
		this.open.incrementAndGet();
	}

	/**
	 * Counts a connection that is gone no longer.
	 */
	public void closed() {
		this.open.decrementAndGet();
	}

	/**
	 * Adds to the transport attributes of a connection how it is closed. Its addresses do
	 * not tell it from others: all of a Unix domain socket have the same.
	 * @param transport the attributes
	 * @param closer closes the connection gracefully
	 * @return the attributes with it
	 */
	public static Attributes closable(Attributes transport, Runnable closer) {
		return transport.toBuilder().set(CLOSER, closer).build();
	}

	/**
	 * Returns whether a connection was made the way that was decided for its server: what
	 * replaces our part of the server's builder makes connections that lack our mark.
	 * @param transport the transport attributes of the connection
	 * @return whether it has the mark
	 */
	public static boolean areOurs(Attributes transport) {
		return transport.get(CLOSER) != null;
	}

	/**
	 * Closes a connection gracefully: no new call begins on it, and what is still open
	 * ten seconds later ends with it.
	 * @param transport the transport attributes of the connection
	 */
	public static void close(Attributes transport) {
		Runnable closer = transport.get(CLOSER);
		if (closer != null) {
			closer.run();
		}
	}

}
