package io.github.securegrpc.rotation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.text.PrintableLog;

/**
 * The looks at one material: one at a time, each on a thread that is not the one who
 * asks, so that a file system that does not answer holds up nobody else. Whoever asks
 * while a look is under way gets the next one, for what that one read may be old by now;
 * at most one waits. Thread-safe.
 */
final class MaterialLooks {

	private static final PrintableLog logger = PrintableLog.of(MaterialLooks.class);

	private final RotatingMaterial material;

	private final Executor threads;

	private final Announcements announcements;

	private final Clock clock;

	private @Nullable Look newest;

	private @Nullable Look running;

	MaterialLooks(RotatingMaterial material, Executor threads, Announcements announcements, Clock clock) {
		this.material = material;
		this.threads = threads;
		this.announcements = announcements;
		this.clock = clock;
	}

	RotatingMaterial material() {
		return this.material;
	}

	/* What is not good may be half-written: it is said aloud only when asked for. */
	synchronized Look ask(boolean aloud) {
		Look before = this.newest;
		if (before != null && !before.begun) {
			before.aloud |= aloud;
			return before;
		}
		Look look = new Look(aloud);
		this.newest = look;
		if (before == null) {
			look.start();
		}
		else {
			before.ended.whenComplete((outcome, failure) -> look.start());
		}
		return look;
	}

	/* What came of a look, should it end in time. */
	Outcome outcome(Look look, Duration patience) {
		try {
			return look.ended.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return overdue(look);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Outcome.Overdue(look.since, "nobody waited for the look: the application ends");
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("a look always has an outcome", ex);
		}
	}

	/* Unless it has ended since: then what came of it. */
	synchronized Outcome overdue(Look asked) {
		if (asked.over) {
			return asked.ended.join();
		}
		Look slow = (this.running != null) ? this.running : asked;
		String reason = "the look has taken %d s and has not ended; it reads %s (expected: an end within milliseconds)"
			.formatted(slow.seconds(), files(this.material.origin()));
		if (this.material.overdueSince() == null) {
			this.material.overdue(slow.since);
			logger.warn("Looking for a replacement of %s: %s. Generation %d stays in force. %s".formatted(
					this.material.name(), reason, this.material.current().number(),
					"See whether the file system answers (`timeout 5 cat` each of these files), and what the source waits for."));
		}
		return new Outcome.Overdue(slow.since, reason);
	}

	static String files(MaterialOrigin origin) {
		return Stream.of(origin.cert(), origin.key(), origin.ca(), origin.crl())
			.filter(Objects::nonNull)
			.distinct()
			.collect(Collectors.joining(", "));
	}

	private synchronized void begin(Look look) {
		look.begun = true;
		look.since = this.clock.instant();
		look.nanos = System.nanoTime();
		this.running = look;
	}

	private synchronized boolean isAloud(Look look) {
		return look.aloud;
	}

	private synchronized void end(Look look) {
		this.running = null;
		look.over = true;
		if (this.material.overdueSince() != null) {
			this.material.overdue(null);
			logger.warn(
					"Looking for a replacement of %s ended after %d s".formatted(this.material.name(), look.seconds()));
		}
	}

	/** One look. */
	final class Look implements Runnable {

		private final CompletableFuture<Outcome> ended = new CompletableFuture<>();

		private boolean aloud;

		private boolean begun;

		private boolean over;

		private volatile Instant since = MaterialLooks.this.clock.instant();

		private volatile long nanos = System.nanoTime();

		private Look(boolean aloud) {
			this.aloud = aloud;
		}

		/* No thread to be had: the next look may get one. */
		private void start() {
			try {
				MaterialLooks.this.threads.execute(this);
			}
			catch (RuntimeException | Error ex) {
				begin(this);
				fail(ex);
			}
		}

		@Override
		public void run() {
			begin(this);
			try {
				Outcome outcome = MaterialLooks.this.material.reload();
				MaterialLooks.this.announcements.say(MaterialLooks.this.material, outcome, isAloud(this));
				end(this);
				this.ended.complete(outcome);
			}
			catch (RuntimeException | Error ex) {
				fail(ex);
			}
		}

		private void fail(Throwable failure) {
			end(this);
			this.ended.complete(new Outcome.Refused(
					new Refusal(this.since, "the look failed: " + failure, "The next one is at the next interval.")));
		}

		/* Whether it ended or not. */
		void await(Duration patience) {
			try {
				this.ended.get(patience.toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException | ExecutionException ex) {
				// asked again later
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private long seconds() {
			return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - this.nanos);
		}

	}

}
