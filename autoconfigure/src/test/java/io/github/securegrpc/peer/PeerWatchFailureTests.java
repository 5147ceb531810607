package io.github.securegrpc.peer;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.validation.TrustRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong at one connection is no matter of the others.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerWatchFailureTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private final FailingClock clock = new FailingClock(CLIENT.getCertificate().getNotBefore().toInstant());

	private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);

	private final PeerWatch watch = new PeerWatch(this.executor,
			new Denials(List::of, new AuditLog(Audit.DENIALS, Clock.systemUTC())), this.clock);

	private final TrustInForce trust = new TrustInForce(
			new TrustRules(ValidationMode.PLATFORM, Set.of(), Clock.systemUTC()), "the test", (changed) -> {
			});

	private final Set<Integer> closed = ConcurrentHashMap.newKeySet();

	private int generation;

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	@Test
	void connectionsAfterOneThatFailsAreLookedAtAndTheOneAgain(CapturedOutput output) throws Exception {
		force(CA);
		for (int i = 0; i < 5; i++) {
			open(i);
		}
		force(TestCertificates.authority("other"));
		this.clock.failures.set(2);
		this.watch.trustChanged(this.trust);
		Awaitility.await().until(() -> this.closed.size() == 3);
		assertThat(output).contains("Looking at the connection of dns:client failed; it is looked at again")
			.contains("Closing the connection of dns:client failed; its calls are denied");
		this.watch.trustChanged(this.trust);
		Awaitility.await().until(() -> this.closed.size() == 5);
	}

	@Test
	void idlePeerOfACaThatIsGoneIsNamedOnce(CapturedOutput output) throws Exception {
		force(CA);
		open(1);
		force(TestCertificates.authority("other"));
		this.watch.trustChanged(this.trust);
		this.watch.trustChanged(this.trust);
		Awaitility.await().until(() -> this.closed.size() == 1);
		assertThat(output).containsOnlyOnce("Closing the idle connection of dns:client")
			.contains("its issuer CN=ca is not among the 1 trust anchors");
	}

	@Test
	void lookThatFailsIsNotTheLast() throws Exception {
		force(CA);
		this.clock.now = CLIENT.getCertificate().getNotAfter().toInstant().minusMillis(200);
		open(1);
		this.clock.failures.set(1);
		this.clock.now = this.clock.now.plusMillis(201);
		Awaitility.await().until(() -> this.closed.size() == 1);
	}

	private void open(int number) throws Exception {
		PeerConnection connection = new PeerConnection(
				new Denial.Caller(new PeerIdentity(List.of(CLIENT.getCertificate())), null), this.trust.current(), null,
				() -> {
					this.closed.add(number);
					throw new IllegalStateException("a closer of the test's");
				});
		this.executor.submit(() -> this.watch.opened(connection, this.trust)).get(10, TimeUnit.SECONDS);
	}

	private void force(X509Bundle anchor) {
		this.trust
			.prepare(new Generation(++this.generation,
					new TlsMaterial(null, new TrustAnchors(List.of(anchor.getCertificate()))), this.clock.now))
			.take();
	}

	private static final class FailingClock extends Clock {

		private final AtomicInteger failures = new AtomicInteger();

		private volatile Instant now;

		private FailingClock(Instant now) {
			this.now = now;
		}

		@Override
		public Instant instant() {
			if (this.failures.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				throw new AssertionError("a clock of the test's");
			}
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
