package io.github.securegrpc.validation;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.X509TrustManager;

import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.ValidationMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How long an accepted chain need not be judged again, and which never is kept.
 */
class ValidatedPathsTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Certificate CLIENT = TestCertificates.client(CA).getCertificate();

	private final MutableClock clock = new MutableClock();

	private final AtomicInteger judged = new AtomicInteger();

	private final ValidatedPaths paths = new ValidatedPaths(anchors(CA, null), this.clock);

	@Test
	void acceptedChainIsJudgedOnceAsLongAsNothingOfItEnds() throws CertificateException {
		assertThat(judge(this.paths, "EC", CLIENT)).isTrue();
		assertThat(judge(this.paths, "EC", CLIENT)).isFalse();
		Instant last = CLIENT.getNotAfter().toInstant();
		this.clock.advance(Duration.between(this.clock.instant(), last.minusSeconds(1)));
		assertThat(judge(this.paths, "EC", CLIENT)).isFalse();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(judge(this.paths, "EC", CLIENT)).isTrue();
		this.clock.advance(Duration.ofMinutes(-2));
		assertThat(judge(this.paths, "EC", CLIENT)).as("the clock was set back").isTrue();
	}

	@Test
	void entryEndsWithWhatItRestsOn() throws CertificateException, GeneralSecurityException {
		Instant end = this.clock.instant().plusSeconds(20);
		X509Bundle shortCa = TestCertificates
			.issue((builder) -> builder.subject("CN=short").setIsCertificateAuthority(true).notAfter(end), CA);
		X509Certificate shortLeaf = TestCertificates.issue((builder) -> builder.subject("CN=x").notAfter(end), CA)
			.getCertificate();
		RevocationLists lists = new RevocationLists(List.of((X509CRL) CertificateFactory.getInstance("X.509")
			.generateCRL(new ByteArrayInputStream(TestCrl.until(CA, end).der()))), CrlPolicy.STRICT);
		ValidatedPaths ofShortAnchor = new ValidatedPaths(anchors(shortCa, null), this.clock);
		ValidatedPaths ofShortList = new ValidatedPaths(anchors(CA, lists), this.clock);
		for (int look = 0; look < 2; look++) {
			boolean first = look == 0;
			assertThat(judge(this.paths, "EC", shortLeaf)).as("leaf").isEqualTo(first);
			assertThat(judge(this.paths, "EC", CLIENT, shortCa.getCertificate())).as("issuer").isEqualTo(first);
			assertThat(judge(ofShortAnchor, "EC", CLIENT)).as("trust anchor").isEqualTo(first);
			assertThat(judge(ofShortList, "EC", CLIENT)).as("revocation list").isEqualTo(first);
			this.clock.advance(Duration.ofSeconds(10));
		}
		assertThat(this.clock.instant()).isAfterOrEqualTo(end);
		assertThat(judge(this.paths, "EC", shortLeaf)).as("leaf").isTrue();
		assertThat(judge(this.paths, "EC", CLIENT, shortCa.getCertificate())).as("issuer").isTrue();
		assertThat(judge(ofShortAnchor, "EC", CLIENT)).as("trust anchor").isTrue();
		assertThat(judge(ofShortList, "EC", CLIENT)).as("revocation list").isTrue();
	}

	@Test
	void refusedChainIsJudgedEachTime() throws CertificateException {
		for (int i = 1; i <= 3; i++) {
			assertThatExceptionOfType(CertificateException.class)
				.isThrownBy(() -> this.paths.judge(new X509Certificate[] { CLIENT }, "EC", () -> {
					this.judged.incrementAndGet();
					throw new CertificateException("refused");
				}));
			assertThat(this.judged).hasValue(i);
		}
		assertThat(judge(this.paths, "EC", CLIENT)).isTrue();
	}

	@Test
	void otherLeafOrAuthTypeIsAnotherEntry() throws CertificateException {
		assertThat(judge(this.paths, "EC", CLIENT)).isTrue();
		assertThat(judge(this.paths, "RSA", CLIENT)).isTrue();
		assertThat(judge(this.paths, "EC", CA.getCertificate(), CLIENT)).isTrue();
		assertThat(judge(this.paths, "EC", CLIENT)).isFalse();
	}

	@Test
	void otherChainOfALeafIsJudgedAndTakesItsPlace() throws CertificateException {
		assertThat(judge(this.paths, "EC", CLIENT)).isTrue();
		assertThat(judge(this.paths, "EC", CLIENT, CA.getCertificate())).isTrue();
		assertThat(judge(this.paths, "EC", CLIENT, CA.getCertificate())).isFalse();
		assertThat(judge(this.paths, "EC", CLIENT)).isTrue();
	}

	@Test
	void leafWithEverNewCertificatesPushesNobodyOut() throws CertificateException {
		X509Certificate other = TestCertificates.client(CA).getCertificate();
		assertThat(judge(this.paths, "EC", other)).isTrue();
		for (int i = 0; i <= ValidatedPaths.MAX_ENTRIES; i++) {
			X509Certificate[] chain = new X509Certificate[16];
			for (int bit = 0; bit < 15; bit++) {
				chain[bit + 1] = ((i >> bit & 1) != 0) ? other : CLIENT;
			}
			chain[0] = CLIENT;
			assertThat(judge(this.paths, "EC", chain)).isTrue();
		}
		assertThat(judge(this.paths, "EC", other)).isFalse();
	}

	@Test
	void oldestGoesWhenThereAreTooMany() throws CertificateException {
		for (int i = 0; i < ValidatedPaths.MAX_ENTRIES; i++) {
			judge(this.paths, "type " + i, CLIENT);
		}
		assertThat(judge(this.paths, "type 0", CLIENT)).isFalse();
		judge(this.paths, "one more", CLIENT);
		assertThat(judge(this.paths, "type 1", CLIENT)).isFalse();
		assertThat(judge(this.paths, "type 0", CLIENT)).isTrue();
	}

	@Test
	void trustManagerAsksPkixOnceForAClientAndAlwaysForARefusedOne() throws CertificateException {
		CountingClock counting = new CountingClock();
		X509TrustManager manager = manager(anchors(CA, null), counting);
		X509Certificate[] chain = { CLIENT };
		manager.checkClientTrusted(chain, "EC");
		int whole = counting.asked.getAndSet(0);
		manager.checkClientTrusted(chain, "EC");
		assertThat(counting.asked.getAndSet(0)).isEqualTo(1).isLessThan(whole);
		X509Certificate[] stranger = { TestCertificates.client(TestCertificates.authority("other")).getCertificate() };
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(PeerRefusedException.class)
				.isThrownBy(() -> manager.checkClientTrusted(stranger, "EC"));
		}
	}

	@Test
	void otherTrustOrListsStartWithNothing() throws CertificateException, GeneralSecurityException {
		X509Bundle client = TestCertificates.client(CA);
		X509Certificate[] chain = { client.getCertificate() };
		manager(anchors(CA, null), this.clock).checkClientTrusted(chain, "EC");
		RevocationLists lists = new RevocationLists(List.of((X509CRL) CertificateFactory.getInstance("X.509")
			.generateCRL(new ByteArrayInputStream(TestCrl.of(CA).revoke(client).der()))), CrlPolicy.LENIENT);
		for (ValidationMode mode : ValidationMode.values()) {
			X509TrustManager manager = new TrustRules(mode, Set.of(), this.clock).trustManager(anchors(CA, lists),
					(engine) -> {
					});
			assertThatExceptionOfType(PeerRefusedException.class)
				.isThrownBy(() -> manager.checkClientTrusted(chain, "EC"))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(PeerRefusedException.Reason.REVOKED));
		}
	}

	/* Returns whether it was judged. */
	private boolean judge(ValidatedPaths paths, String kind, X509Certificate... chain) throws CertificateException {
		int before = this.judged.get();
		paths.judge(chain, kind, this.judged::incrementAndGet);
		return this.judged.get() > before;
	}

	private static X509TrustManager manager(AnchorSet anchors, Clock clock) {
		return new TrustRules(ValidationMode.STRICT, Set.of(), clock).trustManager(anchors, (engine) -> {
		});
	}

	private static AnchorSet anchors(X509Bundle anchor, @Nullable RevocationLists lists) {
		return new AnchorSet(List.of(anchor.getCertificate()), "the test", lists);
	}

	/** Each look at the path asks for the time. */
	private static final class CountingClock extends Clock {

		private final AtomicInteger asked = new AtomicInteger();

		@Override
		public Instant instant() {
			this.asked.incrementAndGet();
			return Clock.systemUTC().instant();
		}

		@Override
		public ZoneId getZone() {
			return ZoneId.of("UTC");
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
