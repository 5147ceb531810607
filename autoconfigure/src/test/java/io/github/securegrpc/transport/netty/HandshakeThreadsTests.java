package io.github.securegrpc.transport.netty;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * More handshakes than can be done.
 */
class HandshakeThreadsTests {

	private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final Executor executor = HandshakeThreads.create();

	private final CountDownLatch busy = new CountDownLatch(1);

	private final List<Integer> done = new CopyOnWriteArrayList<>();

	@Test
	void whoCameLastIsServedFirstAndWhoWaitedLongestIsDropped() {
		for (int i = 0; i < THREADS; i++) {
			this.executor.execute(this::waitForAll);
		}
		for (int i = 0; i < 2_500; i++) {
			int number = i;
			this.executor.execute(() -> this.done.add(number));
		}
		this.busy.countDown();
		await().atMost(Duration.ofSeconds(10)).until(() -> this.done.size() == 2_000);
		assertThat(this.done).doesNotContain(0, 499).contains(500, 2_499);
		assertThat(this.done.indexOf(2_499)).isLessThan(this.done.indexOf(500));
	}

	private void waitForAll() {
		try {
			this.busy.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
