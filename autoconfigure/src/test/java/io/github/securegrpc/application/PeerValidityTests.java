package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.OpenConnections;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No connection outlives what authenticated it: neither its next call nor the calls that
 * are open.
 */
@ParameterizedClass
@CsvSource({ "openssl, TLSv1.3, SHADED", "openssl, TLSv1.2, UNSHADED", "jdk, TLSv1.3, UNSHADED",
		"jdk, TLSv1.2, SHADED" })
class PeerValidityTests {

	/* On its connection, or on the next one when that is closed already. */
	private static final Set<Status.Code> REFUSED = Set.of(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle LEAVING_CA = TestCertificates.authority("leaving");

	private static final X509Bundle STAYING = TestCertificates.client(CA);

	private static final X509Bundle LEAVING = TestCertificates.client(LEAVING_CA);

	private final String provider;

	private final String protocol;

	private final TestNetty netty;

	private Instant expiry = Instant.EPOCH;

	private Application application = new Application(Path.of(""));

	PeerValidityTests(String provider, String protocol, TestNetty netty) {
		this.provider = provider;
		this.protocol = protocol;
		this.netty = netty;
	}

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).on(this.netty)
			.with(WhoCalls.class)
			.with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.set("secure-grpc.server.protocols", this.protocol)
			.set("secure-grpc.provider", this.provider)
			.ca("secure-grpc.server", CA, LEAVING_CA);
	}

	@Test
	void callsEndAtTheMomentThePeersCertificateExpires() throws Exception {
		try (ConfigurableApplicationContext context = this.application.start();
				Peer other = new Peer(this.application.port(), STAYING);
				Peer peer = new Peer(this.application.port(), shortLived(CA))) {
			Instant expiry = this.expiry;
			CompletableFuture<Status> chat = Chatter.listen(peer.channel());
			CompletableFuture<Status> others = Chatter.listen(other.channel());
			CompletableFuture<Instant> at = chat.thenApply((status) -> Instant.now());
			int calls = 0;
			while (Instant.now().isBefore(expiry.minusMillis(200))) {
				assertThat(peer.ask("Dns")).isEqualTo("dns:shortlived");
				calls++;
			}
			assertThat(calls).isPositive();
			assertThat(chat.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(at.get()).isBetween(expiry, expiry.plusSeconds(1));
			assertThat(peer.status("Dns").getCode()).isIn(REFUSED);
			isClosed(context, 1);
			assertThat(peer.status("Dns").getCode()).as("on a new connection, perhaps resumed").isIn(REFUSED);
			isClosed(context, 1);
			assertThat(others).isNotDone();
			assertThat(other.ask("Dns")).isEqualTo("dns:client");
			Chatter service = context.getBean(Chatter.class);
			assertThat(service.isCancelled()).isTrue();
			assertThat(service.failures()).isEmpty();
		}
	}

	@Test
	void callsEndWhenTheAuthorityOfThePeerLeavesTheTrustAnchors() throws Exception {
		try (ConfigurableApplicationContext context = this.application.start();
				Peer leaving = new Peer(this.application.port(), LEAVING);
				Peer idle = new Peer(this.application.port(), LEAVING);
				Peer staying = new Peer(this.application.port(), STAYING)) {
			assertThat(idle.ask("Dns")).isEqualTo("dns:client");
			CompletableFuture<Status> chat = Chatter.listen(leaving.channel());
			CompletableFuture<Status> others = Chatter.listen(staying.channel());
			this.application.ca("secure-grpc.server", CA);
			rotate(context);
			Status end = chat.get(1, TimeUnit.SECONDS);
			assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(end.getDescription())
				.isEqualTo("test.Chatter/Chat: the certificate of dns:client is not trusted any more");
			for (Peer peer : new Peer[] { leaving, idle }) {
				assertThat(peer.status("Dns").getCode()).isIn(REFUSED);
			}
			isClosed(context, 1);
			assertThat(staying.ask("Dns")).isEqualTo("dns:client");
			assertThat(others).isNotDone();
			this.application.ca("secure-grpc.server", CA, LEAVING_CA);
			rotate(context);
			try (Peer again = new Peer(this.application.port(), LEAVING)) {
				assertThat(again.ask("Dns")).as("the authority is back").isEqualTo("dns:client");
			}
			assertThat(others).isNotDone();
		}
	}

	@Test
	void callsEndAtTheExpiryThoughTheAuthorityWasGoneInTheMeantime() throws Exception {
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), shortLived(LEAVING_CA))) {
			CompletableFuture<Status> first = Chatter.listen(peer.channel());
			this.application.ca("secure-grpc.server", CA);
			rotate(context);
			assertThat(first.get(1, TimeUnit.SECONDS).getDescription()).endsWith("is not trusted any more");
			this.application.ca("secure-grpc.server", CA, LEAVING_CA);
			rotate(context);
			CompletableFuture<Status> second = Chatter.listen(peer.channel());
			assertThat(second).isNotDone();
			assertThat(second.get(6, TimeUnit.SECONDS).getDescription()).endsWith("is not valid now");
			assertThat(Instant.now()).isBetween(this.expiry, this.expiry.plusSeconds(1));
		}
	}

	@Test
	void rotationOfTheServersOwnCertificateEndsNothing() throws Exception {
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), LEAVING)) {
			CompletableFuture<Status> chat = Chatter.listen(peer.channel());
			this.application.identity("secure-grpc.server", TestCertificates.server(CA));
			rotate(context);
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
			assertThat(chat).isNotDone();
		}
	}

	@Test
	void peerThatConnectedAfterARotationIsJudgedAsBefore() throws Exception {
		try (ConfigurableApplicationContext context = this.application.start()) {
			this.application.ca("secure-grpc.server", CA);
			rotate(context);
			try (Peer peer = new Peer(this.application.port(), STAYING);
					Peer stranger = new Peer(this.application.port(), LEAVING)) {
				assertThat(Chatter.listen(peer.channel())).isNotDone();
				assertThat(peer.ask("Dns")).isEqualTo("dns:client");
				assertThat(stranger.status("Dns").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			}
		}
	}

	private X509Bundle shortLived(X509Bundle issuer) {
		this.expiry = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4);
		return TestCertificates.issue((builder) -> builder.subject("CN=x")
			.addSanDnsName("shortlived")
			.addExtendedKeyUsageClientAuth()
			.notAfter(this.expiry), issuer);
	}

	private void rotate(ConfigurableApplicationContext context) {
		RotatingMaterials materials = context.getBean(RotatingMaterials.class);
		int before = materials.all().get(0).current().number();
		materials.tick();
		assertThat(materials.all().get(0).current().number()).isEqualTo(before + 1);
	}

	/* Until the connections of the refused are closed, and only so many are left. */
	private static void isClosed(ConfigurableApplicationContext context, int left) {
		OpenConnections connections = context.getBean(OpenConnections.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(connections.count()).isEqualTo(left));
	}

}
