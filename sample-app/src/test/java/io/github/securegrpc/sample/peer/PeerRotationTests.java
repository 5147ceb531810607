package io.github.securegrpc.sample.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers whose certificates are all replaced, again and again, while they pass on what a
 * third says: no call fails, and nobody leaves.
 */
class PeerRotationTests {

	private static final int ROTATIONS = 20;

	private static final int MESSAGES_BETWEEN = 100;

	private static final int THREADS = 4;

	/* On the way at most: with many more, a peer leaves some out. */
	private static final int AHEAD = 50;

	private final AtomicLong told = new AtomicLong();

	private final AtomicBoolean rotated = new AtomicBoolean();

	@TempDir
	Path directory = Path.of("");

	@Test
	void rotationLosesNoMessage() throws Exception {
		Network network = new Network(this.directory);
		List.of(1, 2, 3).forEach((number) -> network.issue(number, Network.LONG));
		String join = "--sample.peer.join=" + network.address(1);
		try (RunningPeer first = new RunningPeer(network, 1);
				RunningPeer second = new RunningPeer(network, 2, join);
				ForeignPeer third = new ForeignPeer(network, 3, 1)) {
			assertThat(third.shakeHands(third.address())).isEmpty();
			Awaitility.await().until(() -> first.members().size() == 2 && second.members().size() == 1);
			CompletableFuture<?>[] load = new CompletableFuture<?>[THREADS];
			for (int i = 0; i < THREADS; i++) {
				load[i] = CompletableFuture.runAsync(() -> tell(third, first));
			}
			CompletableFuture<Void> all = CompletableFuture.allOf(load);
			for (int i = 0; i < ROTATIONS; i++) {
				long from = this.told.get() + MESSAGES_BETWEEN;
				Awaitility.await().until(() -> all.isCompletedExceptionally() || this.told.get() >= from);
				network.issue(1 + i % 2, Network.LONG);
				(((i % 2) == 0) ? first : second).reload();
			}
			this.rotated.set(true);
			all.get(1, TimeUnit.MINUTES);
			Awaitility.await().until(() -> first.messages(Outcome.Kind.TAKEN) >= this.told.get());
			for (RunningPeer peer : List.of(first, second)) {
				assertThat(List.of(Outcome.Kind.FAILED, Outcome.Kind.REFUSED, Outcome.Kind.LATE, Outcome.Kind.LEFT_OUT))
					.allSatisfy((kind) -> assertThat(peer.messages(kind)).as("%s", kind).isZero());
			}
			assertThat(first.members()).containsExactly(network.address(2), network.address(3));
		}
	}

	/* Beats, which are passed on as anything is. */
	private void tell(ForeignPeer third, RunningPeer first) {
		while (!this.rotated.get()) {
			if (!third.beat(third.address()).isEmpty()) {
				throw new IllegalStateException("a message was refused");
			}
			long ahead = this.told.incrementAndGet() - AHEAD;
			if (first.messages(Outcome.Kind.TAKEN) < ahead) {
				Awaitility.await()
					.pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(2))
					.until(() -> first.messages(Outcome.Kind.TAKEN) >= ahead);
			}
		}
	}

}
