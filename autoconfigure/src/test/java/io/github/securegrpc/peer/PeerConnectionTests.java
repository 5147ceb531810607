package io.github.securegrpc.peer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.net.ssl.X509TrustManager;

import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
 * When a connection's peer is judged anew.
 */
class PeerConnectionTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private final MutableClock clock = new MutableClock();

	private final List<Integer> changes = new ArrayList<>();

	private final TrustInForce trust = new TrustInForce(new TrustRules(ValidationMode.STRICT, Set.of(), this.clock),
			"the test", (changed) -> this.changes.add(changed.current().number()));

	private int generation;

	@Test
	void peerThatKeptItsConnectionWaitingDuringARotationIsJudgedByTheNewAnchors() {
		force(CA);
		force(OTHER_CA);
		PeerConnection late = connection();
		assertThat(reason(late)).isEqualTo(Denial.Reason.UNTRUSTED);
		force(OTHER_CA, CA);
		assertThat(reason(late)).isNull();
		assertThat(this.changes).containsExactly(2, 3);
	}

	@Test
	void peerIsJudgedOnceForEachChangeOfTheAnchors() {
		force(CA);
		PeerConnection connection = connection();
		assertThat(reason(connection)).isNull();
		force(CA);
		assertThat(this.changes).isEmpty();
		force(OTHER_CA);
		assertThat(reason(connection)).isEqualTo(Denial.Reason.UNTRUSTED);
		assertThat(reason(connection)).isEqualTo(Denial.Reason.UNTRUSTED);
	}

	@Test
	void anchorsThatWereOnlyAddedAskForNoSecondJudgement() {
		force(CA);
		PeerConnection connection = connection();
		force(CA, OTHER_CA);
		TrustInForce.Trust added = this.trust.current();
		TrustInForce.Trust unasked = new TrustInForce.Trust(added.number(), added.acceptsSince(), added.anchors(),
				added.lists(), Mockito.mock(X509TrustManager.class, (call) -> {
					throw new IllegalStateException("asked");
				}));
		assertThat(connection.loss(this.clock.instant(), unasked)).isNull();
		force(OTHER_CA);
		assertThat(reason(connection)).isEqualTo(Denial.Reason.UNTRUSTED);
		force(CA, OTHER_CA);
		assertThat(reason(connection)).isNull();
	}

	@Test
	void discardedGenerationChangesNothing() {
		force(CA);
		PeerConnection connection = connection();
		this.trust.prepare(generation(OTHER_CA)).discard();
		assertThat(reason(connection)).isNull();
		assertThat(this.changes).isEmpty();
	}

	@Test
	void peerOfAServerThatAsksForNoCertificateIsNotTrusted() {
		assertThat(reason(connection())).isEqualTo(Denial.Reason.UNTRUSTED);
	}

	@Test
	void peerWhoseAnchorsAreGoneIsNotTrusted() {
		force(CA);
		PeerConnection connection = connection();
		this.trust.prepare(new Generation(++this.generation, new TlsMaterial(null, null), this.clock.instant())).take();
		assertThat(reason(connection)).isEqualTo(Denial.Reason.UNTRUSTED);
	}

	@Test
	void peerThatCannotBeJudgedIsNotTrusted() {
		for (Throwable failure : List.of(new IllegalStateException("it"), new StackOverflowError())) {
			X509TrustManager judge = Mockito.mock(X509TrustManager.class, (call) -> {
				throw failure;
			});
			TrustInForce.Trust inForce = new TrustInForce.Trust(2, 2, new TrustAnchors(List.of(CA.getCertificate())),
					null, judge);
			assertThat(connection().loss(this.clock.instant(), inForce)).satisfies((loss) -> {
				assertThat(Objects.requireNonNull(loss).reason()).isEqualTo(Denial.Reason.UNTRUSTED);
				assertThat(loss.detail()).startsWith("its certificate cannot be judged: ");
			});
		}
	}

	@Test
	void leafIsValidFromItsFirstToItsLastMoment() {
		force(CA);
		PeerConnection connection = connection();
		Instant last = CLIENT.getCertificate().getNotAfter().toInstant();
		this.clock.advance(Duration.between(this.clock.instant(), last));
		assertThat(reason(connection)).isNull();
		this.clock.advance(Duration.ofNanos(1));
		assertThat(reason(connection)).isEqualTo(Denial.Reason.EXPIRED);
		Instant first = CLIENT.getCertificate().getNotBefore().toInstant();
		this.clock.advance(Duration.between(this.clock.instant(), first.minusNanos(1)));
		assertThat(reason(connection)).isEqualTo(Denial.Reason.EXPIRED);
	}

	private PeerConnection connection() {
		return new PeerConnection(new Denial.Caller(new PeerIdentity(List.of(CLIENT.getCertificate())), null),
				this.trust.current(), null, () -> {
				});
	}

	private Denial.@Nullable Reason reason(PeerConnection connection) {
		PeerConnection.Loss loss = connection.loss(this.clock.instant(), this.trust.current());
		return (loss != null) ? loss.reason() : null;
	}

	private void force(X509Bundle... anchors) {
		this.trust.prepare(generation(anchors)).take();
	}

	private Generation generation(X509Bundle... anchors) {
		TrustAnchors trusted = new TrustAnchors(List.of(anchors).stream().map(X509Bundle::getCertificate).toList());
		return new Generation(++this.generation, new TlsMaterial(null, trusted), this.clock.instant());
	}

}
