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
				load[i] = CompletableFuture.runAsync(() -> tell(third));
			}
			CompletableFuture<Void> all = CompletableFuture.allOf(load);
			for (int i = 0; i < ROTATIONS; i++) {
				long from = this.told.get() + MESSAGES_BETWEEN;
				Awaitility.await().until(() -> all.isCompletedExceptionally() || this.told.get() >= from);
				network.issue(1 + i % 2, Network.LONG);
				(((i % 2) == 0) ? first : second).reload();
				assertThat(third.beat(third.address())).isEmpty();
			}
			this.rotated.set(true);
			all.get(1, TimeUnit.MINUTES);
			Awaitility.await()
				.atMost(Duration.ofSeconds(10))
				.until(() -> first.messages(Outcome.Kind.TAKEN) >= this.told.get());
			for (RunningPeer peer : List.of(first, second)) {
				assertThat(peer.messages(Outcome.Kind.FAILED)).isZero();
				assertThat(peer.messages(Outcome.Kind.REFUSED)).isZero();
			}
			assertThat(first.members()).containsExactly(network.address(2), network.address(3));
		}
	}

	private void tell(ForeignPeer third) {
		while (!this.rotated.get()) {
			if (!third.tell(ForeignPeer.gossip(third.address(), "metrics")).isEmpty()) {
				throw new IllegalStateException("a message was refused");
			}
			this.told.incrementAndGet();
		}
	}

}
