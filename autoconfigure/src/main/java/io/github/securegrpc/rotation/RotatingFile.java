package io.github.securegrpc.rotation;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.Location;
import io.github.securegrpc.text.PrintableLog;

/**
 * A file that is no TLS material and is read again whenever that is: what it holds is
 * replaced as a whole, and what cannot be used replaces nothing. Thread-safe;
 * {@link #current()} never blocks.
 *
 * @param <T> what it holds
 * @since 0.1.0
 */
public final class RotatingFile<T> {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final PrintableLog logger = PrintableLog.of(RotatingFile.class);

	private final String name;

	private final Location location;

	private final Function<byte[], T> parser;

	private final Clock clock;

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile long since;

	private volatile boolean overdue;

	private final AtomicInteger number = new AtomicInteger(1);

	private volatile T current;

	private volatile @Nullable Refusal lastRefusal;

	private byte[] content;

	private byte @Nullable [] refused;

	/**
	 * Reads it for the first time.
	 * @param name its name in messages, such as {@code server.basic-auth}
	 * @param location where it is
	 * @param parser makes of its bytes what it holds, or refuses them
	 * @param clock tells the time
	 * @throws RefusedException if it cannot be used
	 */
	public RotatingFile(String name, Location location, Function<byte[], T> parser, Clock clock) {
		this.name = name;
		this.location = location;
		this.parser = parser;
		this.clock = clock;
		this.content = location.read();
		this.current = parser.apply(this.content);
	}

	/**
	 * Returns its name.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns what is in force.
	 * @return what the newest file held that could be used
	 */
	public T current() {
		return this.current;
	}

	/**
	 * Returns how many have been in force, this one counted.
	 * @return the number of its generation
	 */
	public int number() {
		return this.number.get();
	}

	/**
	 * Returns why the newest file was refused.
	 * @return the refusal, or {@code null} if what is in force is the newest
	 */
	public @Nullable Refusal lastRefusal() {
		return this.lastRefusal;
	}

	Set<Path> directories() {
		return this.location.directories();
	}

	/*
	 * On a thread that is not the one who asks: a file system that does not answer holds
	 * up nobody. One look at a time.
	 */
	void ask(Executor threads, boolean aloud, Announcements announcements) {
		if (!this.location.canChange()) {
			return;
		}
		if (!this.looking.compareAndSet(false, true)) {
			warnOfOverdue();
		}
		else {
			this.since = System.nanoTime();
			this.overdue = false;
			try {
				threads.execute(() -> {
					try {
						look(aloud, announcements);
					}
					finally {
						this.looking.set(false);
					}
				});
			}
			catch (RejectedExecutionException ex) {
				this.looking.set(false);
			}
		}
	}

	private void warnOfOverdue() {
		if (!this.overdue && System.nanoTime() - this.since > PATIENCE.toNanos()) {
			this.overdue = true;
			logger.warn(
					"Looking for a replacement of %s has not ended after %d s; it reads %s (expected: milliseconds). Generation %d stays in force. See whether the file system answers."
						.formatted(this.name, PATIENCE.toSeconds(), this.location, number()));
		}
	}

	private void look(boolean aloud, Announcements announcements) {
		byte[] found = null;
		try {
			found = this.location.read();
			if (!Arrays.equals(found, this.content)) {
				this.current = this.parser.apply(found);
				this.content = found;
				logger.info("Rotated %s to generation %d: %s".formatted(this.name, this.number.incrementAndGet(),
						this.current));
			}
			this.lastRefusal = null;
			this.refused = null;
		}
		catch (RefusedException ex) {
			if (aloud) {
				refuse(found, String.valueOf(ex.getMessage()), ex.action(), announcements);
			}
		}
		catch (RuntimeException | Error ex) {
			refuse(found, "the look failed: " + ex, "The next one is at the next interval.", announcements);
		}
	}

	/* The same content is heard once. */
	private void refuse(byte @Nullable [] found, String reason, String action, Announcements announcements) {
		Refusal before = this.lastRefusal;
		if (before == null || !before.reason().equals(new Refusal(before.at(), reason, action).reason())
				|| !Arrays.equals(found, this.refused)) {
			Refusal refusal = new Refusal(this.clock.instant(), reason, action);
			this.lastRefusal = refusal;
			this.refused = found;
			announcements.refused(this.name, number(), refusal);
		}
	}

	@Override
	public String toString() {
		return "RotatingFile[%s, generation %d]".formatted(this.name, number());
	}

}
