package io.github.securegrpc.sample.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Five peers, of which only the first does nothing special: who is whose neighbour is
 * right six seconds after whatever becomes of one of them.
 */
@ExtendWith(OutputCaptureExtension.class)
class FivePeersTests {

	private static final Duration BOUND = Duration.ofSeconds(6);

	private static final Duration SHORT = Duration.ofSeconds(8);

	private static final int GOOD = 1;

	private static final int STRANGER = 2;

	private static final int EXPIRING = 3;

	private static final int ROTATED = 4;

	private static final int IMPOSTOR = 5;

	private final List<RunningPeer> peers = new ArrayList<>();

	@TempDir
	Path directory = Path.of("");

	@SuppressWarnings("NullAway.Init")
	private Network network;

	@BeforeEach
	void start() {
		this.network = new Network(this.directory);
		List.of(GOOD, EXPIRING, ROTATED, IMPOSTOR).forEach((number) -> this.network.issue(number, Network.LONG));
		this.network.issueOfAnotherAuthority(STRANGER);
		String join = "--sample.peer.join=" + String.join(",", this.network.address(GOOD),
				this.network.address(STRANGER), this.network.address(EXPIRING), this.network.address(ROTATED));
		this.peers.add(new RunningPeer(this.network, GOOD, join));
		this.peers.add(new RunningPeer(this.network, STRANGER, join));
		this.peers.add(new RunningPeer(this.network, EXPIRING, join));
		this.peers.add(new RunningPeer(this.network, ROTATED, join));
		this.peers.add(new RunningPeer(this.network, IMPOSTOR, join,
				"--sample.peer.address=" + this.network.address(ROTATED)));
	}

	@AfterEach
	void stop() {
		this.peers.forEach(RunningPeer::close);
	}

	@Test
	void membershipIsRightWhateverBecomesOfAPeer(CapturedOutput output) {
		soon(this::trustedPeersHaveEachOther);
		staying(this::trustedPeersHaveEachOther);
		assertThat(output).contains("Refused ip:127.0.0.5, which says to be \"%s\": not of a host"
			.formatted(this.network.address(ROTATED)));

		this.network.issue(ROTATED, Network.LONG);
		peer(ROTATED).reload();
		staying(this::trustedPeersHaveEachOther);
		assertThat(peer(GOOD).messages(Outcome.Kind.FAILED)).isZero();
		assertThat(peer(ROTATED).messages(Outcome.Kind.FAILED)).isZero();
		assertThat(output).doesNotContain("left:");

		this.network.issue(EXPIRING, SHORT);
		Instant expiry = Instant.now().plus(SHORT);
		peer(EXPIRING).reload();
		Awaitility.await().atMost(SHORT.plusSeconds(1)).until(() -> Instant.now().isAfter(expiry));
		soon(() -> {
			haveEachOther(GOOD, ROTATED);
			assertThat(peer(EXPIRING).members()).isEmpty();
		});
		staying(() -> haveEachOther(GOOD, ROTATED));

		this.network.issue(EXPIRING, Network.LONG);
		peer(EXPIRING).reload();
		soon(this::trustedPeersHaveEachOther);
	}

	private void trustedPeersHaveEachOther() {
		haveEachOther(GOOD, EXPIRING, ROTATED);
		assertThat(peer(STRANGER).members()).isEmpty();
		assertThat(peer(IMPOSTOR).members()).isEmpty();
	}

	private void haveEachOther(int... numbers) {
		for (int number : numbers) {
			List<String> others = Arrays.stream(numbers)
				.filter((other) -> other != number)
				.mapToObj(this.network::address)
				.toList();
			assertThat(peer(number).members()).as("members of peer %d", number).isEqualTo(others);
		}
	}

	private RunningPeer peer(int number) {
		return this.peers.get(number - 1);
	}

	private static void soon(ThrowingRunnable assertion) {
		Awaitility.await().atMost(BOUND).untilAsserted(assertion);
	}

	private static void staying(ThrowingRunnable assertion) {
		Awaitility.await().during(BOUND).atMost(BOUND.plusSeconds(2)).untilAsserted(assertion);
	}

}
