package io.github.securegrpc.sample.peer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import org.slf4j.Logger;

/**
 * Warnings that others can cause: ten in ten seconds, and how many were left out; the
 * same again not before ten minutes are over. Thread-safe.
 */
final class LimitedLog {

	private static final int MOST = 10;

	private static final long WINDOW = Duration.ofSeconds(10).toNanos();

	private static final long AGAIN = Duration.ofMinutes(10).toNanos();

	private static final int REMEMBERED = 100;

	private final Map<String, Long> said = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
			return size() > REMEMBERED;
		}

	};

	private final Logger logger;

	private final LongSupplier nanoTime;

	private long begun;

	private int lines;

	LimitedLog(Logger logger, LongSupplier nanoTime) {
		this.logger = logger;
		this.nanoTime = nanoTime;
		this.begun = nanoTime.getAsLong();
	}

	synchronized void warn(String message) {
		long now = this.nanoTime.getAsLong();
		Long before = this.said.get(message);
		if (before != null && now - before < AGAIN) {
			return;
		}
		this.said.put(message, now);
		if (now - this.begun > WINDOW) {
			if (this.lines > MOST) {
				this.logger.warn("{} more such warnings were left out", this.lines - MOST);
			}
			this.begun = now;
			this.lines = 0;
		}
		this.lines++;
		if (this.lines <= MOST) {
			this.logger.warn(message);
		}
	}

}
