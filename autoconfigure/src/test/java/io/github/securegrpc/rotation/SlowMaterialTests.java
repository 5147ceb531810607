package io.github.securegrpc.rotation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.check.MaterialCheck;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source that does not answer: it is heard, everybody else goes on, and it is taken
 * back when it answers.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class SlowMaterialTests extends RotatingFiles {

	private static final Duration PATIENCE = Duration.ofMillis(500);

	private final SlowSource slow = new SlowSource(material());

	private final RotatingMaterials patient = new RotatingMaterials((event) -> event.accept(this), this.clock,
			PATIENCE);

	@AfterEach
	void stop() {
		this.slow.comeBackWith(material());
		this.patient.stop();
	}

	@Test
	void oneThatHangsIsHeardAndTheOthersRotate(CapturedOutput output) {
		RotatingMaterial hung = this.patient.load("client", this.slow, MaterialCheck.Side.SERVER);
		RotatingMaterial good = this.patient.load("server", source(null), MaterialCheck.Side.SERVER);
		this.slow.hang();
		for (int i = 2; i <= 4; i++) {
			write(TestCertificates.server(this.authority));
			this.patient.tick();
			assertThat(good.current().number()).isEqualTo(i);
		}
		assertThat(this.slow.loads).as("the start's, and one that hangs").hasValue(2);
		assertThat(looks()).as("threads").isLessThanOrEqualTo(2);
		assertThat(hung.overdueSince()).isEqualTo(this.clock.instant());
		assertThat(hung.current().number()).isEqualTo(1);
		assertThat(output).containsOnlyOnce("Looking for a replacement of client: the look has taken 0 s")
			.contains("/mnt/nfs/tls.key (secure-grpc.client.key)")
			.contains("Generation 1 stays in force");
		this.slow.comeBackWith(material());
		Awaitility.await().until(() -> hung.current().number() == 2);
		Awaitility.await().until(() -> hung.overdueSince() == null);
		this.patient.tick();
		assertThat(output).containsOnlyOnce("Looking for a replacement of client ended after");
		assertThat(this.refused).isEmpty();
	}

	@Test
	void whoeverAsksIsAnsweredInTime() {
		this.patient.load("client", this.slow, MaterialCheck.Side.SERVER);
		this.slow.hang();
		long start = System.nanoTime();
		Map<String, Outcome> outcomes = this.patient.reload();
		for (int i = 0; i < 20; i++) {
			this.patient.reload();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(3));
		assertThat(outcomes.get("client")).isInstanceOfSatisfying(Outcome.Overdue.class,
				(overdue) -> assertThat(overdue.reason()).contains("has not ended; it reads /mnt/nfs/tls.crt"));
	}

	@Test
	void whoeverAsksDuringALookGetsTheNextOne() throws Exception {
		RotatingMaterial material = this.patient.load("client", this.slow, MaterialCheck.Side.SERVER);
		this.slow.hang();
		CompletableFuture<Map<String, Outcome>> first = CompletableFuture.supplyAsync(this.patient::reload);
		Awaitility.await().until(() -> this.slow.loads.get() == 2);
		CompletableFuture<Map<String, Outcome>> second = CompletableFuture.supplyAsync(this.patient::reload);
		TimeUnit.MILLISECONDS.sleep(100);
		this.slow.comeBackWith(material());
		assertThat(first.get().get("client")).isInstanceOf(Outcome.Rotated.class);
		assertThat(second.get().get("client")).isInstanceOf(Outcome.Unchanged.class);
		assertThat(this.slow.loads).hasValue(3);
		assertThat(material.current().number()).isEqualTo(2);
	}

	@Test
	void channelIsMadeWhileTheSourceHangs() {
		RotatingMaterial material = this.patient.load("client", this.slow, MaterialCheck.Side.SERVER);
		this.slow.hang();
		this.patient.tick();
		List<Integer> prepared = new CopyOnWriteArrayList<>();
		material.addListener((next) -> {
			prepared.add(next.number());
			return new GenerationListener.Prepared() {

				@Override
				public void take() {
				}

				@Override
				public void discard() {
				}

			};
		});
		assertThat(prepared).containsExactly(1);
	}

	@Test
	void pollEndsInTimeWhileASourceHangs() {
		this.patient.load("client", this.slow, MaterialCheck.Side.SERVER);
		MaterialPoll poll = new MaterialPoll(this.patient, new ReloadProperties(true, Duration.ofMillis(20)),
				new ExpiryWarnings(this.patient, new ExpiryWindow(null), this.clock), this.clock);
		this.slow.hang();
		poll.start();
		Awaitility.await().until(() -> this.slow.loads.get() == 2);
		long start = System.nanoTime();
		poll.stop();
		this.patient.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void startThatWaitsSaysForWhat(CapturedOutput output) {
		this.slow.hang();
		CompletableFuture<RotatingMaterial> start = CompletableFuture
			.supplyAsync(() -> this.patient.load("client", this.slow, MaterialCheck.Side.SERVER));
		Awaitility.await()
			.until(() -> output.getOut().contains("Still loading client after 1 s; it reads /mnt/nfs/tls.crt"));
		assertThat(start).as("nothing is served").isNotDone();
		this.slow.comeBackWith(material());
		assertThat(start.join().current().number()).isEqualTo(1);
	}

	@Test
	void listenerThatWaitsKeepsNoOtherMaterialFromRotating() {
		SlowSource gate = new SlowSource(material());
		RotatingMaterials told = new RotatingMaterials((event) -> event.accept(new RotationListener() {

			@Override
			public void rotated(MaterialRotated rotated) {
				if (rotated.material().equals("client")) {
					gate.load();
				}
			}

		}), this.clock, PATIENCE);
		RotatingMaterial other = told.load("client", this.slow, MaterialCheck.Side.SERVER);
		RotatingMaterial good = told.load("server", source(null), MaterialCheck.Side.SERVER);
		gate.hang();
		this.slow.comeBackWith(material());
		told.tick();
		assertThat(other.current().number()).isEqualTo(2);
		assertThat(other.overdueSince()).as("the source has answered").isNull();
		write(TestCertificates.server(this.authority));
		told.tick();
		assertThat(good.current().number()).isEqualTo(2);
		gate.comeBackWith(material());
		told.stop();
	}

	private TlsMaterial material() {
		X509Bundle leaf = TestCertificates.server(this.authority);
		return new TlsMaterial(new Identity(leaf.getKeyPair().getPrivate(), List.of(leaf.getCertificate())), null);
	}

	private static long looks() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("secure-grpc-look-"))
			.filter((thread) -> List.of(thread.getStackTrace())
				.stream()
				.anyMatch((frame) -> Objects.equals(frame.getClassName(), SlowSource.class.getName())
						|| frame.getMethodName().equals("reload")))
			.count();
	}

}
