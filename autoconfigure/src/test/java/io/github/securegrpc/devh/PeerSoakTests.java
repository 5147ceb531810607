package io.github.securegrpc.devh;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers whose certificates live for seconds call without a pause, by calls and by
 * streams: none fails before the expiry, none succeeds a second after it.
 * {@code -Dsoak=600} for ten minutes and certificates of thirty seconds.
 */
class PeerSoakTests {

	private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("soak", 8));

	private static final int PEERS = 6;

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final Queue<String> faults = new ConcurrentLinkedQueue<>();

	private final AtomicLong calls = new AtomicLong();

	private final AtomicInteger expiries = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void noCallSucceedsASecondAfterTheExpiryAndNoneFailsBefore(String provider, @TempDir Path directory)
			throws Exception {
		Application application = new Application(directory).with(WhoCalls.class)
			.with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(this.authority))
			.ca("secure-grpc.server", this.authority)
			.set("logging.level.io.github.securegrpc.audit", "error")
			.set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = application.start()) {
			Instant end = Instant.now().plus(LENGTH);
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < PEERS; i++) {
				Thread thread = new Thread(() -> live(application.port(), end), "peer-" + i);
				thread.start();
				threads.add(thread);
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertThat(this.faults).isEmpty();
			assertThat(this.expiries).hasValueGreaterThanOrEqualTo(PEERS);
			assertThat(context.getBean(Chatter.class).failures()).isEmpty();
			System.out.printf("%s: %d calls, %d certificates expired in use%n", provider, this.calls.get(),
					this.expiries.get());
		}
	}

	private void live(int port, Instant end) {
		while (Instant.now().isBefore(end)) {
			Instant expiry = Instant.now()
				.truncatedTo(ChronoUnit.SECONDS)
				.plusSeconds((LENGTH.toSeconds() < 60) ? 3 : 30);
			X509Bundle leaf = TestCertificates.issue((builder) -> builder.subject("CN=x")
				.addSanDnsName("shortlived")
				.addExtendedKeyUsageClientAuth()
				.notAfter(expiry), this.authority);
			try (Peer peer = new Peer(port, leaf)) {
				CompletableFuture<Instant> streamEnd = Chatter.listen(peer.channel())
					.thenApply((status) -> judge("a stream", status, expiry));
				Status status = Status.OK;
				while (status.isOk()) {
					status = call(peer);
					this.calls.incrementAndGet();
					if (status.isOk() && Instant.now().isAfter(expiry.plusSeconds(1))) {
						this.faults.add("a call succeeded a second after " + expiry);
					}
				}
				judge("a call", status, expiry);
				if (streamEnd.get(10, TimeUnit.SECONDS).isAfter(expiry.plusSeconds(1))) {
					this.faults.add("a stream ended a second after " + expiry);
				}
				this.expiries.incrementAndGet();
			}
			catch (Exception ex) {
				this.faults.add(ex.toString());
			}
		}
	}

	private Instant judge(String what, Status status, Instant expiry) {
		Instant now = Instant.now();
		if (status.getCode() != Status.Code.UNAUTHENTICATED || now.isBefore(expiry)) {
			this.faults.add("%s ended at %s with %s (expiry: %s)".formatted(what, now, status, expiry));
		}
		return now;
	}

	private static Status call(Peer peer) {
		try {
			peer.ask("Dns");
			return Status.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus();
		}
	}

}
