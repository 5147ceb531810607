package io.github.securegrpc.rotation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.check.MaterialCheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The thread that asks: by interval, by file event, at the moment something held becomes
 * valid; and nothing ends it.
 */
class MaterialPollTests extends RotatingFiles {

	private static final Duration NEVER = Duration.ofHours(1);

	private MaterialPoll poll = poll(true, NEVER);

	@AfterEach
	void stop() {
		this.poll.stop();
	}

	@Test
	void fileEventHastensThePoll() {
		start(NEVER);
		write(TestCertificates.server(this.authority));
		awaitGeneration(2);
		write(TestCertificates.server(this.authority));
		awaitGeneration(3);
	}

	@Test
	void swapOfAKubernetesVolumeHastensThePollEveryTime() throws Exception {
		Path state = Files.createDirectory(this.directory.resolve("..1"));
		for (Path file : new Path[] { this.cert, this.key, this.ca }) {
			Files.move(file, state.resolve(file.getFileName()));
			Files.createSymbolicLink(file, Path.of("..data").resolve(file.getFileName()));
		}
		Files.createSymbolicLink(this.directory.resolve("..data"), state.getFileName());
		start(NEVER);
		for (int i = 2; i <= 4; i++) {
			Path next = Files.createDirectory(this.directory.resolve(".." + i));
			X509Bundle leaf = TestCertificates.server(this.authority);
			TestCertificates.write(next.resolve("tls.crt"), TestCertificates.pem(leaf.getCertificate()));
			TestCertificates.write(next.resolve("tls.key"), TestCertificates.pem(leaf.getKeyPair().getPrivate()));
			Files.copy(state.resolve("ca.crt"), next.resolve("ca.crt"));
			Path link = Files.createSymbolicLink(this.directory.resolve("..tmp"), next.getFileName());
			Files.move(link, this.directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
			awaitGeneration(i);
		}
	}

	@Test
	void pollGoesOnWithoutFileEvents() throws Exception {
		start(Duration.ofMillis(50));
		Thread events = Awaitility.await().until(MaterialPollTests::fileEvents, (thread) -> thread != null);
		events.interrupt();
		events.join(5_000);
		write(TestCertificates.server(this.authority));
		awaitGeneration(2);
	}

	@Test
	void directoryThatIsGoneAndBackIsWatchedAgain() throws Exception {
		start(Duration.ofMillis(200));
		Path away = this.directory.resolveSibling(this.directory.getFileName() + "-away");
		Files.move(this.directory, away);
		Awaitility.await().until(() -> !this.refused.isEmpty());
		Files.move(away, this.directory);
		write(TestCertificates.server(this.authority));
		awaitGeneration(2);
	}

	@Test
	void whatIsHeldIsTakenTheMomentItBecomesValid() {
		// the poll's own time is the system's
		this.clock.advance(Duration.between(this.clock.instant(), Clock.systemUTC().instant()));
		Duration soon = Duration.between(this.clock.instant(),
				Clock.systemUTC().instant().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS));
		X509Bundle next = server(soon, Duration.ofDays(1));
		RotatingMaterials inTime = new RotatingMaterials((event) -> event.accept(this), Clock.systemUTC());
		this.material = inTime.load("server", source(null), MaterialCheck.Side.SERVER);
		write(next);
		this.poll = poll(inTime, new ReloadProperties(true, NEVER), Clock.systemUTC());
		this.poll.start();
		awaitGeneration(2);
		assertThat(Clock.systemUTC().instant()).isAfterOrEqualTo(next.getCertificate().getNotBefore().toInstant());
		assertThat(this.refused).isEmpty();
	}

	@Test
	void sourceThatThrowsEvenAnErrorDoesNotEndTheLoop() {
		AtomicInteger loads = new AtomicInteger();
		TlsMaterial good = this.material.current().material();
		this.materials.load("client", new TlsMaterialSource() {

			@Override
			public TlsMaterial load() {
				if (loads.incrementAndGet() > 1) {
					throw new StackOverflowError("from " + loads);
				}
				return good;
			}

			@Override
			public MaterialOrigin origin() {
				return new MaterialOrigin("a", "b", "c");
			}

			@Override
			public Set<Path> directories() {
				if (loads.get() > 1) {
					throw new StackOverflowError("no directories");
				}
				return Set.of();
			}

		}, MaterialCheck.Side.SERVER);
		start(Duration.ofMillis(20));
		Awaitility.await().until(() -> loads.get() > 1);
		int before = loads.get();
		Awaitility.await().until(() -> loads.get() >= before);
		write(TestCertificates.server(this.authority));
		awaitGeneration(2);
	}

	@Test
	void disabledPollAsksNobody() {
		this.poll = poll(false, Duration.ofMillis(10));
		this.poll.start();
		write(TestCertificates.server(this.authority));
		Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		assertThat(this.material.current().number()).isEqualTo(1);
	}

	@Test
	void intervalOfNothingIsRefused() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> new ReloadProperties(true, Duration.ZERO))
			.withMessageContaining("secure-grpc.reload.interval")
			.satisfies((ex) -> assertThat(ex.action()).contains("secure-grpc.reload.enabled=false"));
	}

	private void start(Duration interval) {
		this.poll = poll(true, interval);
		this.poll.start();
		Awaitility.await().until(MaterialPollTests::fileEvents, (thread) -> thread != null);
	}

	private MaterialPoll poll(boolean enabled, Duration interval) {
		return poll(this.materials, new ReloadProperties(enabled, interval), this.clock);
	}

	private static MaterialPoll poll(RotatingMaterials materials, ReloadProperties properties, Clock clock) {
		return new MaterialPoll(materials, properties, new ExpiryWarnings(materials, new ExpiryWindow(null), clock),
				clock);
	}

	private void awaitGeneration(int number) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(8))
			.until(() -> this.material.current().number(), (now) -> now == number);
	}

	private static @Nullable Thread fileEvents() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("secure-grpc-file-events"))
			.findFirst()
			.orElse(null);
	}

}
