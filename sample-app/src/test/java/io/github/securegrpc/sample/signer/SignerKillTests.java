package io.github.securegrpc.sample.signer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.sample.SampleApplication;
import io.github.securegrpc.sample.signer.proto.SignVoteRequest;
import io.github.securegrpc.sample.signer.proto.SignedMsgType;
import io.github.securegrpc.sample.signer.proto.Vote;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Eight nodes that ask for contradictory votes, of a signer that is killed and started
 * again: no step has two signatures, and what was signed before a kill is repeated or
 * refused after it.
 */
class SignerKillTests {

	private static final int REQUESTS = 10_000;

	private static final int THREADS = 8;

	private static final int KILLS = 4;

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private final AtomicLong height = new AtomicLong(1);

	private final AtomicInteger asked = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	/* By step. */
	private final Map<SignStep, Vote> signed = new ConcurrentHashMap<>();

	private final List<String> contradictions = Collections.synchronizedList(new ArrayList<>());

	@TempDir
	Path directory = Path.of("");

	@Test
	void noStepHasTwoSignaturesThoughTheSignerIsKilled() throws Exception {
		Random random = new Random();
		Signers.issue(this.directory);
		Process signer = start();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try (ValidatorNode node = new ValidatorNode(this.directory.resolve("pki"), this.port)) {
			List<Future<?>> done = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				done.add(threads.submit((Callable<Object>) () -> ask(node)));
			}
			for (int kill = 1; kill <= KILLS; kill++) {
				int from = kill * REQUESTS / (KILLS + 1) + random.nextInt(200);
				Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> this.asked.get() >= from);
				signer.destroyForcibly().waitFor();
				Map<SignStep, Vote> before = Map.copyOf(this.signed);
				signer = start();
				node.connect();
				repeatedOrRefused(node, before);
			}
			for (Future<?> thread : done) {
				thread.get();
			}
		}
		finally {
			threads.shutdownNow();
			signer.destroyForcibly().waitFor();
		}
		System.out.printf("%d requests of %d threads, %d kills: %d steps signed, %d requests refused%n",
				this.asked.get(), THREADS, KILLS, this.signed.size(), this.refused.get());
		assertThat(this.contradictions).as("signed twice").isEmpty();
		assertThat(this.signed).hasSizeGreaterThan(REQUESTS / 20);
		assertThat(this.refused).hasValueGreaterThan(REQUESTS / 20);
	}

	private Object ask(ValidatorNode node) {
		Random random = new Random();
		while (this.asked.get() < REQUESTS) {
			long at = Math.max(1, this.height.get() + random.nextInt(3) - 1);
			Vote vote = SignerScenarioTests.vote(at, random.nextInt(2), random.nextBoolean() ? 'a' : 'b')
				.toBuilder()
				.setType(random.nextBoolean() ? SignedMsgType.SIGNED_MSG_TYPE_PREVOTE
						: SignedMsgType.SIGNED_MSG_TYPE_PRECOMMIT)
				.setTimestamp(Timestamp.newBuilder().setSeconds(random.nextInt(5)))
				.build();
			if (ask(node, vote)) {
				this.height.accumulateAndGet(at + random.nextInt(2), Math::max);
			}
		}
		return "done";
	}

	/* Whether it was signed. */
	private boolean ask(ValidatorNode node, Vote vote) {
		try {
			Vote answer = node.signer()
				.withWaitForReady()
				.signVote(SignVoteRequest.newBuilder().setVote(vote).setChainId("test-chain").build())
				.getVote();
			this.asked.incrementAndGet();
			Vote before = this.signed.putIfAbsent(SignRequests.step(vote), answer);
			if (before != null && !before.equals(answer)) {
				this.contradictions.add(before + " and " + answer);
			}
			return true;
		}
		catch (StatusRuntimeException ex) {
			if (ex.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
				this.asked.incrementAndGet();
				this.refused.incrementAndGet();
			}
			else if (ex.getStatus().getCode() != Status.Code.UNAVAILABLE) {
				this.contradictions.add(ex.toString());
			}
			return false;
		}
	}

	private void repeatedOrRefused(ValidatorNode node, Map<SignStep, Vote> before) {
		before.values()
			.stream()
			.skip(Math.max(0, before.size() - 50))
			.forEach((vote) -> ask(node, vote.toBuilder().setSignature(ByteString.EMPTY).build()));
	}

	private Process start() throws IOException {
		Path log = this.directory.resolve("log");
		Files.deleteIfExists(log);
		Process process = new ProcessBuilder(Stream.concat(
				Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), SampleApplication.class.getName()),
				Stream.of(Signers.arguments(this.directory, this.port)))
			.toList()).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> !process.isAlive() || Files.readString(log).contains("Started SampleApplication"));
		assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
		return process;
	}

}
