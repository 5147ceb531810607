package io.github.securegrpc.actuate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.securegrpc.text.PrintableLog;

/**
 * Looks at the server at every interval, on one thread.
 */
final class ServerPoll {

	private static final PrintableLog logger = PrintableLog.of(ServerPoll.class);

	private final List<Runnable> looks;

	private final Duration interval;

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "secure-grpc-watch");
		thread.setDaemon(true);
		return thread;
	});

	ServerPoll(List<Runnable> looks, Duration interval) {
		this.looks = looks;
		this.interval = interval;
	}

	void start() {
		long millis = this.interval.toMillis();
		this.executor.scheduleWithFixedDelay(() -> this.looks.forEach(ServerPoll::look), millis, millis,
				TimeUnit.MILLISECONDS);
	}

	void stop() {
		this.executor.shutdownNow();
	}

	private static void look(Runnable look) {
		try {
			look.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Looking at the gRPC server failed; the next look is at the next interval", ex);
		}
	}

}
