package io.github.securegrpc.rotation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.PrintableLog;

/**
 * Asks the sources at every interval, when files change, and when something held becomes
 * valid; all from one thread, which waits for no source longer than it has patience.
 * Nothing that a source does ends it.
 */
final class MaterialPoll {

	private static final PrintableLog logger = PrintableLog.of(MaterialPoll.class);

	/* Files that belong together are seldom written at once. */
	private static final Duration SETTLE = Duration.ofMillis(100);

	/* A log may be written beside the files all the time. */
	private static final Duration BREAK = Duration.ofSeconds(1);

	private static final Duration EXPIRY_LOOK = Duration.ofMinutes(10);

	private final RotatingMaterials materials;

	private final ReloadProperties properties;

	private final ExpiryWarnings expiry;

	private final Clock clock;

	private final ScheduledExecutorService executor;

	private final AtomicBoolean hastened = new AtomicBoolean();

	private final FileEvents events = new FileEvents(this::hasten);

	private volatile Duration pause = SETTLE;

	private @Nullable Instant heldUntil;

	MaterialPoll(RotatingMaterials materials, ReloadProperties properties, ExpiryWarnings expiry, Clock clock) {
		this.materials = materials;
		this.properties = properties;
		this.expiry = expiry;
		this.clock = clock;
		this.executor = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "secure-grpc-reload");
			thread.setDaemon(true);
			return thread;
		});
	}

	void start() {
		if (this.properties.enabled()) {
			long millis = this.properties.interval().toMillis();
			this.executor.scheduleWithFixedDelay(() -> ask(this.materials::tick), 0, millis, TimeUnit.MILLISECONDS);
		}
		this.executor.scheduleWithFixedDelay(this::lookAtExpiry, 1, EXPIRY_LOOK.toMillis(), TimeUnit.MILLISECONDS);
	}

	void stop() {
		this.executor.shutdownNow();
		this.events.close();
	}

	private void hasten() {
		if (this.hastened.compareAndSet(false, true)) {
			later(() -> {
				this.hastened.set(false);
				this.pause = BREAK;
				ask(this.materials::hasten);
				later(() -> this.pause = SETTLE, BREAK);
			}, this.pause);
		}
	}

	private void ask(Supplier<@Nullable Instant> question) {
		try {
			this.events.watch(this.materials::directories);
			Instant until = question.get();
			if (until != null && !until.equals(this.heldUntil)) {
				later(() -> ask(this.materials::tick), Duration.between(this.clock.instant(), until));
			}
			this.heldUntil = until;
		}
		catch (RuntimeException | Error ex) {
			logger.error("Looking for changed certificates failed; the next look is in %s"
				.formatted(this.properties.interval()), ex);
		}
	}

	private void lookAtExpiry() {
		try {
			this.expiry.look();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Looking for certificates that expire failed; the next look is in %s".formatted(EXPIRY_LOOK),
					ex);
		}
	}

	private void later(Runnable task, Duration delay) {
		try {
			this.executor.schedule(task, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// stopped
		}
	}

}
