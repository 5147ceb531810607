package io.github.securegrpc.peer.password;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.peer.password.Passwords.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who waits for whom when passwords are guessed.
 */
class GuessQueueTests {

	/* As many may have begun before the first that is held has ended. */
	private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

	private final GuessQueue queue = new GuessQueue();

	private final CountDownLatch held = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.held.countDown();
		this.queue.close();
	}

	@Test
	void sameGuessIsVerifiedOnce() throws Exception {
		CompletableFuture<Verdict> first = ask("guess", "a");
		CompletableFuture<Verdict> second = ask("guess", "b");
		assertThat(second).isSameAs(first).isNotDone();
		this.held.countDown();
		assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
		assertThat(ask("guess", "a")).isNotSameAs(first);
	}

	@Test
	void originsTakeTurns() throws Exception {
		List<String> order = new CopyOnWriteArrayList<>();
		CompletableFuture<Verdict> last = ask("held", "held");
		for (int i = 0; i < 10; i++) {
			String guess = "flood" + i;
			last = this.queue.ask(guess, "a", () -> said(order, guess));
		}
		this.queue.ask("other", "b", () -> said(order, "other"));
		this.held.countDown();
		assertThat(last.get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
		assertThat(order.indexOf("other")).isLessThanOrEqualTo(THREADS + 1);
	}

	@Test
	void whoHasMostWaitingMakesRoomForOthers() {
		List<CompletableFuture<Verdict>> flood = new ArrayList<>();
		for (int i = 0; i < GuessQueue.MOST; i++) {
			flood.add(ask("guess" + i, "a"));
		}
		assertThat(ask("more", "a")).isCompletedWithValue(Verdict.NOT_VERIFIED);
		CompletableFuture<Verdict> other = ask("other", "b");
		assertThat(other).isNotDone();
		assertThat(flood.get(GuessQueue.MOST - 1)).isCompletedWithValue(Verdict.NOT_VERIFIED);
		assertThat(flood.subList(0, GuessQueue.MOST - 1)).noneMatch(CompletableFuture::isDone);
		this.held.countDown();
		assertThat(other).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Verdict.RIGHT);
		assertThat(flood.get(GuessQueue.MOST - 2)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Verdict.RIGHT);
	}

	@Test
	void noMoreCallsWaitThanThereIsRoomForWhateverTheyGuess() {
		for (int i = 0; i < GuessQueue.MOST_CALLS; i++) {
			assertThat(ask("guess", "a")).isNotDone();
		}
		assertThat(ask("guess", "a")).isCompletedWithValue(Verdict.NOT_VERIFIED);
		this.held.countDown();
		Awaitility.await().until(() -> ask("guess", "a").join() == Verdict.RIGHT);
	}

	@Test
	void manyCallsWithOneGuessMakeRoomForOthers() {
		CompletableFuture<Verdict> flood = ask("guess", "a");
		for (int i = 1; i < GuessQueue.MOST_CALLS; i++) {
			ask("guess", "a");
		}
		CompletableFuture<Verdict> other = ask("other", "b");
		assertThat(flood).isCompletedWithValue(Verdict.NOT_VERIFIED);
		assertThat(other).isNotDone();
		this.held.countDown();
		assertThat(other).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(Verdict.RIGHT);
		for (int i = 0; i < GuessQueue.MOST_CALLS; i++) {
			assertThat(ask("again" + i % 2, "a").join()).isEqualTo(Verdict.RIGHT);
		}
	}

	@Test
	void nothingIsVerifiedOnceItIsClosed() {
		this.queue.close();
		assertThat(ask("guess", "a")).isCompletedWithValue(Verdict.NOT_VERIFIED);
	}

	@Test
	void comparisonThatFailsVerifiesNothing() throws Exception {
		CompletableFuture<Verdict> verdict = this.queue.ask("guess", "a", () -> {
			throw new IllegalStateException("broken");
		});
		assertThat(verdict.get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.NOT_VERIFIED);
	}

	private static Verdict said(List<String> order, String guess) {
		order.add(guess);
		return Verdict.RIGHT;
	}

	private CompletableFuture<Verdict> ask(String guess, String origin) {
		return this.queue.ask(guess, origin, () -> {
			try {
				return this.held.await(20, TimeUnit.SECONDS) ? Verdict.RIGHT : Verdict.WRONG;
			}
			catch (InterruptedException ex) {
				return Verdict.WRONG;
			}
		});
	}

}
