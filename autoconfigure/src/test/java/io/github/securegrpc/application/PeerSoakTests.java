package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.grpc.Status;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers whose certificates live for seconds call without a pause, by calls and by
 * streams, or are revoked: none fails before that, none succeeds a second after it.
 * {@code -Dsoak=600} for ten minutes and certificates of thirty seconds.
 */
class PeerSoakTests {

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak", 8));

	private static final int PEERS = 6;

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final List<X509Bundle> revoked = new ArrayList<>();

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private final AtomicLong calls = new AtomicLong();

	private final AtomicInteger ends = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void noCallSucceedsASecondAfterItsPeerCeasedToBeAcceptedAndNoneFailsBefore(String provider, @TempDir Path directory)
			throws Exception {
		Application application = new Application(directory).with(WhoCalls.class)
			.with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(this.authority))
			.ca("secure-grpc.server", this.authority)
			.set("logging.level.io.github.securegrpc", "error")
			.set("secure-grpc.provider", provider);
		Path crl = application.file("server.crl", TestCrl.of(this.authority).pem());
		application.set("secure-grpc.server.crl", crl);
		try (ConfigurableApplicationContext context = application.start()) {
			Instant end = Instant.now().plus(LENGTH);
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < PEERS; i++) {
				boolean expires = i % 2 == 0;
				Thread thread = new Thread(() -> {
					if (expires) {
						expire(application.port(), end);
					}
					else {
						revoke(application.port(), end, context, crl);
					}
				}, "peer-" + i);
				thread.start();
				threads.add(thread);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(this.faults).isEmpty();
			assertThat(this.ends).hasValueGreaterThanOrEqualTo(PEERS);
			assertThat(context.getBean(Chatter.class).failures()).isEmpty();
			System.out.printf("%s: %d calls, %d certificates expired or revoked in use%n", provider, this.calls.get(),
					this.ends.get());
		}
	}

	/* Peers whose certificate expires in use, one after the other. */
	private void expire(int port, Instant end) {
		while (Instant.now().isBefore(end)) {
			Instant expiry = Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(life());
			use(port, leaf((builder) -> builder.notAfter(expiry)), (leaf) -> new Effect(expiry, expiry));
		}
	}

	/* Peers whose certificate is revoked in use, one after the other. */
	private void revoke(int port, Instant end, ConfigurableApplicationContext context, Path crl) {
		while (Instant.now().isBefore(end)) {
			Instant soon = Instant.now().plus(life().dividedBy(2));
			use(port, leaf((builder) -> builder),
					(leaf) -> Instant.now().isBefore(soon) ? null : revoke(leaf, context, crl));
		}
	}

	private synchronized Effect revoke(X509Bundle leaf, ConfigurableApplicationContext context, Path crl) {
		this.revoked.add(leaf);
		Instant before = Instant.now();
		TestCertificates.write(crl, TestCrl.of(this.authority).revoke(this.revoked.toArray(X509Bundle[]::new)).pem());
		context.getBean(RotatingMaterials.class).tick();
		return new Effect(before, Instant.now());
	}

	/* Calls, with a stream open, until it is refused. */
	private void use(int port, X509Bundle leaf, Function<X509Bundle, @Nullable Effect> cause) {
		try (Peer peer = new Peer(port, leaf)) {
			CompletableFuture<Map.Entry<Instant, Status>> stream = Chatter.listen(peer.channel())
				.thenApply((status) -> Map.entry(Instant.now(), status));
			Effect effect = null;
			Status status = Status.OK;
			while (status.isOk()) {
				effect = (effect != null) ? effect : cause.apply(leaf);
				status = peer.status("Dns");
				this.calls.incrementAndGet();
				if (status.isOk() && effect != null && Instant.now().isAfter(effect.until().plusSeconds(1))) {
					this.faults.add("a call succeeded a second after " + effect);
				}
			}
			judge("a call", Instant.now(), status, effect);
			Map.Entry<Instant, Status> ended = stream.get(10, TimeUnit.SECONDS);
			judge("a stream", ended.getKey(), ended.getValue(), effect);
			if (effect != null && ended.getKey().isAfter(effect.until().plusSeconds(1))) {
				this.faults.add("a stream ended a second after " + effect);
			}
			this.ends.incrementAndGet();
		}
		catch (Exception ex) {
			this.faults.add(ex.toString());
		}
	}

	/* On its connection, or on the next one when that is closed already. */
	private void judge(String what, Instant at, Status status, @Nullable Effect effect) {
		boolean refused = status.getCode() == Status.Code.UNAUTHENTICATED
				|| status.getCode() == Status.Code.UNAVAILABLE;
		if (!refused || effect == null || at.isBefore(effect.from())) {
			this.faults.add("%s ended at %s with %s (%s)".formatted(what, at, status, effect));
		}
	}

	private X509Bundle leaf(UnaryOperator<CertificateBuilder> customizer) {
		return TestCertificates.issue(
				(builder) -> customizer
					.apply(builder.subject("CN=x").addSanDnsName("shortlived").addExtendedKeyUsageClientAuth()),
				this.authority);
	}

	private static Duration life() {
		return Duration.ofSeconds((LENGTH.toSeconds() < 60) ? 3 : 30);
	}

	/**
	 * When the peer ceases to be accepted.
	 *
	 * @param from not before
	 * @param until at the latest
	 */
	private record Effect(Instant from, Instant until) {

	}

}
