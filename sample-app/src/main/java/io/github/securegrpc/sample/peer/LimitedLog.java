package io.github.securegrpc.sample.peer;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.slf4j.Logger;

/**
 * Warnings that others can cause: ten in ten seconds, and how many were left out.
 * Thread-safe.
 */
final class LimitedLog {

	private static final int MOST = 10;

	private static final long WINDOW = Duration.ofSeconds(10).toNanos();

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
