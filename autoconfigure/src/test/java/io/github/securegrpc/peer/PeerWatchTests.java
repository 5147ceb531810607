package io.github.securegrpc.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.validation.TrustRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the connections are closed whose peers the trust anchors do not accept any more.
 */
class PeerWatchTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private final MutableClock clock = new MutableClock();

	private final ScheduledExecutorService executor = Mockito.mock(ScheduledExecutorService.class);

	private final PeerWatch watch = new PeerWatch(this.executor,
			new Denials(List::of, new AuditLog(Audit.DENIALS, this.clock)), this.clock);

	private final TrustInForce trust = new TrustInForce(new TrustRules(ValidationMode.STRICT, Set.of(), this.clock),
			"the test", this.watch::trustChanged);

	private final List<Integer> closed = new ArrayList<>();

	private int generation;

	@Test
	void fewAreClosedAtOnce() {
		assertThat(delaysAfterTheAuthorityOf(16)).hasSize(16).containsOnly(0L);
		assertThat(this.closed).hasSize(16).doesNotHaveDuplicates();
	}

	@Test
	void manyAreClosedWithinFiveSecondsButNotAtOnce() {
		List<Long> delays = delaysAfterTheAuthorityOf(100);
		assertThat(delays).hasSize(100).allSatisfy((delay) -> assertThat(delay).isBetween(0L, 4_999L));
		assertThat(Set.copyOf(delays)).hasSizeGreaterThan(50);
		assertThat(delays).anyMatch((delay) -> delay < 2_500).anyMatch((delay) -> delay >= 2_500);
		assertThat(this.closed).hasSize(100).doesNotHaveDuplicates();
	}

	/* Of so many peers leaves; returns after how many milliseconds each is closed. */
	private List<Long> delaysAfterTheAuthorityOf(int peers) {
		BDDMockito.willReturn(Mockito.mock(ScheduledFuture.class))
			.given(this.executor)
			.schedule(Mockito.any(Runnable.class), Mockito.anyLong(), Mockito.any());
		force(CA);
		for (int i = 0; i < peers; i++) {
			int number = i;
			this.watch
				.opened(new PeerConnection(new Denial.Caller(new PeerIdentity(List.of(CLIENT.getCertificate())), null),
						this.trust.current(), null, () -> this.closed.add(number)), this.trust);
		}
		Mockito.clearInvocations(this.executor);
		force(TestCertificates.authority("other"));
		ArgumentCaptor<Runnable> looks = ArgumentCaptor.forClass(Runnable.class);
		BDDMockito.then(this.executor).should().execute(looks.capture());
		looks.getValue().run();
		looks.getValue().run();
		ArgumentCaptor<Runnable> closers = ArgumentCaptor.forClass(Runnable.class);
		ArgumentCaptor<Long> delays = ArgumentCaptor.forClass(Long.class);
		BDDMockito.then(this.executor)
			.should(Mockito.times(peers))
			.schedule(closers.capture(), delays.capture(), Mockito.eq(TimeUnit.MILLISECONDS));
		assertThat(this.closed).as("before their time").isEmpty();
		closers.getAllValues().forEach(Runnable::run);
		return delays.getAllValues();
	}

	private void force(X509Bundle anchor) {
		this.trust
			.prepare(new Generation(++this.generation,
					new TlsMaterial(null, new TrustAnchors(List.of(anchor.getCertificate()))), this.clock.instant()))
			.take();
	}

}
