package io.github.securegrpc.validation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

import org.jspecify.annotations.Nullable;

/**
 * How much a peer can have logged: ten times in ten seconds. Of more than a thousand
 * peers the one seen first begins anew. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LogLimit {

	private static final Duration WINDOW = Duration.ofSeconds(10);

	private static final int MAX_EVENTS = 10;

	private static final int MAX_PEERS = 1_024;

	private final Clock clock;

	private final Map<String, Window> windows = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
			return size() > MAX_PEERS;
		}

	};

	/**
	 * Creates a limit.
	 * @param clock tells the time
	 */
	public LogLimit(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Counts what is about to be logged.
	 * @param peer whom it is about
	 * @return how many of this peer were left out in its last window and not told of yet,
	 * or empty if this one is to be left out
	 */
	public OptionalInt next(String peer) {
		Instant now = this.clock.instant();
		Window next;
		synchronized (this.windows) {
			next = Window.after(this.windows.get(peer), now);
			this.windows.put(peer, next);
		}
		return (next.events() > MAX_EVENTS) ? OptionalInt.empty() : OptionalInt.of(next.leftOut());
	}

	/**
	 * Says how many were left out, for the end of a line.
	 * @param leftOut how many
	 * @return the words, or nothing if none were left out
	 */
	public static String words(int leftOut) {
		return (leftOut > 0) ? " (%d more of this peer were not logged)".formatted(leftOut) : "";
	}

	/** What was counted of one peer since when, and what the window before left out. */
	private record Window(Instant start, int events, int leftOut) {

		private static Window after(@Nullable Window before, Instant now) {
			if (before == null) {
				return new Window(now, 1, 0);
			}
			boolean isOver = now.isBefore(before.start) || !now.isBefore(before.start.plus(WINDOW));
			return isOver ? new Window(now, 1, Math.max(0, before.events - MAX_EVENTS))
					: new Window(before.start, before.events + 1, 0);
		}

	}

}
