package io.github.securegrpc.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many channels of each name are open. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChannelCounts {

	private final Map<String, Integer> open = new ConcurrentHashMap<>();

	/**
	 * Counts a channel that was opened.
	 * @param name its name
	 */
	public void opened(String name) {
		this.open.merge(name, 1, Integer::sum);
	}

	/**
	 * Counts a channel that is shut down no longer.
	 * @param name its name
	 */
	public void closed(String name) {
		this.open.computeIfPresent(name, (it, count) -> (count > 1) ? Integer.valueOf(count - 1) : null);
	}

	/**
	 * Returns how many channels of a name are open.
	 * @param name the name
	 * @return the number
	 */
	public int open(String name) {
		return this.open.getOrDefault(name, 0);
	}

}
