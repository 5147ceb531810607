package io.github.securegrpc.transport;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The open connections of the application's servers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenConnections {

	private final AtomicInteger open = new AtomicInteger();

	private final Map<Ends, Runnable> closers = new ConcurrentHashMap<>();

	/**
	 * Returns how many connections are open now.
	 * @return the number
	 */
	public int count() {
		return this.open.get();
	}

	/**
	 * Adds a connection that was accepted.
	 * @param ends its ends
	 * @param closer closes it gracefully
	 */
	public void opened(Ends ends, Runnable closer) {
		this.open.incrementAndGet();
		this.closers.put(ends, closer);
	}

	/**
	 * Removes a connection that is gone.
	 * @param ends its ends
	 */
	public void closed(Ends ends) {
		this.open.decrementAndGet();
		this.closers.remove(ends);
	}

	/**
	 * Closes a connection gracefully: no new call begins on it, and what is still open
	 * ten seconds later ends with it.
	 * @param ends its ends
	 */
	public void close(Ends ends) {
		Runnable closer = this.closers.get(ends);
		if (closer != null) {
			closer.run();
		}
	}

	/**
	 * The ends of a connection, which tell it from any other that is open.
	 *
	 * @param remote the peer's address
	 * @param local our address
	 */
	public record Ends(@Nullable SocketAddress remote, @Nullable SocketAddress local) {

	}

}
