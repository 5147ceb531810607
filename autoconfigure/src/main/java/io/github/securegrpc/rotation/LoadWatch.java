package io.github.securegrpc.rotation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.text.PrintableLog;

/**
 * Says what an application that starts is waiting for. It goes on waiting, for nothing
 * may be served before its material is there; whoever started it decides how long.
 */
final class LoadWatch implements Runnable {

	private static final PrintableLog logger = PrintableLog.of(LoadWatch.class);

	private final CountDownLatch ended = new CountDownLatch(1);

	private final String name;

	private final MaterialOrigin origin;

	private final Duration patience;

	LoadWatch(String name, MaterialOrigin origin, Duration patience) {
		this.name = name;
		this.origin = origin;
		this.patience = patience;
	}

	@Override
	public void run() {
		try {
			long waited = 0;
			while (!this.ended.await(this.patience.toMillis(), TimeUnit.MILLISECONDS)) {
				waited += this.patience.toMillis();
				logger.warn("Still loading %s after %d s; it reads %s (expected: milliseconds). %s".formatted(this.name,
						TimeUnit.MILLISECONDS.toSeconds(waited), MaterialLooks.files(this.origin),
						"Nothing is served before it is loaded. See whether the file system answers (`timeout 5 cat` each of these files), and what the source waits for."));
			}
		}
		catch (InterruptedException ex) {
			// the end of the application
		}
	}

	void end() {
		this.ended.countDown();
	}

}
