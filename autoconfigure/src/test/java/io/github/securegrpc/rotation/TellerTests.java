package io.github.securegrpc.rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listener can do to whoever tells it.
 */
@ExtendWith(OutputCaptureExtension.class)
class TellerTests {

	@Test
	void listenerIsToldInOrderOnADaemonThread() {
		List<Integer> told = new CopyOnWriteArrayList<>();
		List<Thread> threads = new CopyOnWriteArrayList<>();
		Teller<Integer> teller = Teller.later(this, (event) -> {
			told.add(event);
			threads.add(Thread.currentThread());
		});
		IntStream.range(0, 500).forEach(teller::tell);
		Awaitility.await().until(() -> told.size() == 500);
		assertThat(told).isSorted();
		assertThat(threads).allSatisfy((thread) -> assertThat(thread.isDaemon()).isTrue())
			.doesNotContain(Thread.currentThread());
	}

	@Test
	void whatAListenerDoesNotGetToIsDroppedCountedAndSaid(CapturedOutput output) throws Exception {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch entered = new CountDownLatch(1);
		List<Integer> told = new CopyOnWriteArrayList<>();
		Teller<Integer> teller = Teller.later(this, (event) -> {
			entered.countDown();
			await(blocked);
			told.add(event);
		});
		teller.tell(0);
		await(entered);
		IntStream.rangeClosed(1, 3_024).forEach(teller::tell);
		assertThat(output.getOut().lines().filter((line) -> line.contains("TellerTests does not keep up")))
			.as("at 1, 2, 4 … 1,024 of 2,000")
			.hasSize(11);
		blocked.countDown();
		Awaitility.await().until(() -> told.size() == 1_025);
		assertThat(told).isSorted().endsWith(1_024);
	}

	@Test
	void listenerOfOursIsToldAtOnceAndItsFailureIsSaidOnce(CapturedOutput output) {
		List<Integer> told = new ArrayList<>();
		Teller<Integer> teller = Teller.atOnce(this, (event) -> {
			told.add(event);
			throw new AssertionError("its own fault");
		});
		teller.tell(1);
		teller.tell(2);
		assertThat(told).containsExactly(1, 2);
		assertThat(output.getOut()).containsOnlyOnce("TellerTests failed");
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
