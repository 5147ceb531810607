package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.Status;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.peer.Denial;
import io.github.securegrpc.peer.DenialListener;
import io.github.securegrpc.rotation.MaterialRotated;
import io.github.securegrpc.rotation.Outcome;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.rotation.RotationListener;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener of the application's that never returns holds up nobody.
 */
@Timeout(60)
class BlockingListenerTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle LEAVING_CA = TestCertificates.authority("leaving");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(WhoCalls.class)
			.with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA, LEAVING_CA)
			.set("secure-grpc.authorization.rules[0].methods[0]", "test.Who/Dns")
			.set("secure-grpc.authorization.rules[0].methods[1]", "test.Chatter/*")
			.set("secure-grpc.authorization.rules[0].allow", "any-peer");
	}

	@Test
	void denialsCallsAndTheEndOfOtherConnectionsGoOn() throws Exception {
		this.application.with(Denied.class).with(AlsoDenied.class);
		List<Peer> leaving = new ArrayList<>();
		try (ConfigurableApplicationContext context = this.application.start();
				Peer staying = new Peer(this.application.port(), TestCertificates.client(CA))) {
			List<CompletableFuture<Status>> chats = new ArrayList<>();
			for (int i = 0; i < 5; i++) {
				leaving.add(new Peer(this.application.port(), TestCertificates.client(LEAVING_CA)));
				chats.add(Chatter.listen(leaving.get(i).channel()));
			}
			for (int i = 0; i < 20; i++) {
				assertThat(staying.status("Admin").getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
			}
			assertThat(context.getBean(Denied.class).entered.await(10, TimeUnit.SECONDS)).isTrue();
			this.application.ca("secure-grpc.server", CA);
			context.getBean(RotatingMaterials.class).tick();
			for (CompletableFuture<Status> chat : chats) {
				assertThat(chat.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			}
			assertThat(staying.ask("Dns")).isEqualTo("dns:client");
			assertThat(context.getBean(Denied.class).told).hasValue(1);
			AlsoDenied other = context.getBean(AlsoDenied.class);
			Awaitility.await().untilAsserted(() -> assertThat(other.told).as("another listener").hasValue(25));
		}
		finally {
			leaving.forEach(Peer::close);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void handshakesAndCallsGoOn(String provider) throws Exception {
		this.application.with(Shaken.class).set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = this.application.start()) {
			// more than there are event loops
			for (int i = 0; i < 20; i++) {
				try (Peer peer = new Peer(this.application.port(), TestCertificates.client(CA));
						Peer nobody = new Peer(this.application.port(), null)) {
					assertThat(peer.ask("Dns")).isEqualTo("dns:client");
					assertThat(nobody.status("Dns").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
				}
			}
			assertThat(context.getBean(Shaken.class).told).hasValue(1);
		}
	}

	@Test
	void rotationsGoOn() throws Exception {
		this.application.with(Rotated.class).set("secure-grpc.reload.enabled", false);
		try (ConfigurableApplicationContext context = this.application.start()) {
			RotatingMaterials materials = context.getBean(RotatingMaterials.class);
			for (int generation = 2; generation <= 4; generation++) {
				this.application.identity("secure-grpc.server", TestCertificates.server(CA));
				assertThat(materials.reload()).extractingByKey("server").isInstanceOf(Outcome.Rotated.class);
			}
			assertThat(context.getBean(Rotated.class).entered.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(materials.all()).allSatisfy((material) -> {
				assertThat(material.current().number()).isEqualTo(4);
				assertThat(material.overdueSince()).isNull();
			});
		}
	}

	private static void blockForEver() {
		try {
			Thread.sleep(Duration.ofDays(1).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	static class Rotated implements RotationListener {

		private final CountDownLatch entered = new CountDownLatch(1);

		@Override
		public void rotated(MaterialRotated event) {
			this.entered.countDown();
			blockForEver();
		}

	}

	static class Denied implements DenialListener {

		private final AtomicInteger told = new AtomicInteger();

		private final CountDownLatch entered = new CountDownLatch(1);

		@Override
		public void denied(Denial denial) {
			this.told.incrementAndGet();
			this.entered.countDown();
			blockForEver();
		}

	}

	static class AlsoDenied implements DenialListener {

		private final AtomicInteger told = new AtomicInteger();

		@Override
		public void denied(Denial denial) {
			this.told.incrementAndGet();
		}

	}

	static class Shaken implements HandshakeListener {

		private final AtomicInteger told = new AtomicInteger();

		@Override
		public void completed(Handshake handshake) {
			this.told.incrementAndGet();
			blockForEver();
		}

	}

}
