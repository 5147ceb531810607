package io.github.securegrpc.transport;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the open connections of the application's servers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenConnections {

	private final AtomicInteger open = new AtomicInteger();

	/**
	 * Returns how many connections are open now.
	 * @return the number
	 */
	public int count() {
		return this.open.get();
	}

	/**
	 * Counts a connection that was accepted.
	 * @return how many are open with it
	 */
	public int opened() {
		return this.open.incrementAndGet();
	}

	/**
	 * Counts a connection that is gone.
	 */
	public void closed() {
		this.open.decrementAndGet();
	}

}
