package io.github.securegrpc.peer.password;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.peer.password.Passwords.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who waits for whom when passwords are guessed.
 */
class GuessQueueTests {

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
	void oneOriginHasNoMoreThanItsShareAndOthersHaveTheirs() throws Exception {
		CompletableFuture<Verdict> waiting = ask("guess", "a");
		for (int i = 1; i < GuessQueue.MOST_OF_ONE; i++) {
			waiting = ask("guess" + i, "a");
			assertThat(waiting).isNotDone();
		}
		assertThat(ask("more", "a")).isCompletedWithValue(Verdict.NOT_VERIFIED);
		CompletableFuture<Verdict> other = ask("more", "b");
		assertThat(other).isNotDone();
		this.held.countDown();
		assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
		assertThat(ask("more", "a").get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.RIGHT);
	}

	@Test
	void noMoreWaitThanThereIsRoomFor() {
		for (int i = 0; i < GuessQueue.MOST; i++) {
			assertThat(ask("guess" + i, "origin" + i)).isNotDone();
		}
		assertThat(ask("more", "more")).isCompletedWithValue(Verdict.NOT_VERIFIED);
	}

	@Test
	void comparisonThatFailsVerifiesNothing() throws Exception {
		CompletableFuture<Verdict> verdict = this.queue.ask("guess", "a", () -> {
			throw new IllegalStateException("broken");
		});
		assertThat(verdict.get(10, TimeUnit.SECONDS)).isEqualTo(Verdict.NOT_VERIFIED);
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
