package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.MovingTime;
import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.Handshake.Completed;
import io.github.securegrpc.transport.Handshake.Failed;
import io.github.securegrpc.transport.Handshake.Resumption;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A session is resumed only while a full handshake would succeed, too.
 */
@ParameterizedClass
@CsvSource({ "openssl, TLSv1.3, SHADED", "openssl, TLSv1.2, UNSHADED", "jdk, TLSv1.3, UNSHADED",
		"jdk, TLSv1.2, SHADED" })
class ResumptionTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private static final X509Bundle SERVER = TestCertificates.server(CA);

	private final String provider;

	private final String protocol;

	private final TestNetty netty;

	private Application application = new Application(Path.of(""));

	ResumptionTests(String provider, String protocol, TestNetty netty) {
		this.provider = provider;
		this.protocol = protocol;
		this.netty = netty;
	}

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).on(this.netty)
			.with(MovingTime.class)
			.set("secure-grpc.provider", this.provider);
		Path list = this.application.file("ca.crl", TestCrl.until(CA, Instant.now().plus(Duration.ofHours(1))).pem());
		this.application.set("secure-grpc.server.crl", list).set("secure-grpc.client.crl", list);
	}

	@Test
	void clientIsRefusedOnceTheListExpired() {
		assertThat(client("strict")).isInstanceOfSatisfying(Failed.class, (failed) -> {
			assertThat(failed.result()).isEqualTo(HandshakeResult.CERTIFICATE_VERIFICATION_FAILED);
			assertThat(failed.detail()).contains("fetch a new one");
		});
	}

	@Test
	void clientIsAcceptedThoughTheListExpiredWhereThePolicyIsLenient() {
		assertThat(client("lenient")).isInstanceOfSatisfying(Completed.class,
				(completed) -> assertThat(completed.resumption()).isEqualTo(Resumption.RESUMED_HANDSHAKE));
	}

	@Test
	void serverIsRefusedOnceTheListExpired() {
		try (ForeignServer server = new ForeignServer(SERVER, this.protocol).start();
				ConfigurableApplicationContext context = channels("strict", server)) {
			StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class,
					() -> TestApplication.call(context, "second"));
			assertThat(ex.getStatus().getDescription()).contains("fetch a new one");
		}
	}

	@Test
	void serverIsAcceptedThoughTheListExpiredWhereThePolicyIsLenient() {
		try (ForeignServer server = new ForeignServer(SERVER, this.protocol).start();
				ConfigurableApplicationContext context = channels("lenient", server)) {
			assertThat(TestApplication.call(context, "second")).isEqualTo(ServingStatus.SERVING);
			assertThat(context.getBean("recorder", HandshakeRecorder.class).next().end()).isInstanceOfSatisfying(
					Completed.class,
					(completed) -> assertThat(completed.resumption()).isEqualTo(Resumption.RESUMED_HANDSHAKE));
		}
	}

	/* Connects while the list holds, and again when it has expired. */
	private Handshake.End client(String policy) {
		this.application.identity("secure-grpc.server", SERVER)
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.server.protocols", this.protocol)
			.set("secure-grpc.server.crl-policy", policy);
		try (ConfigurableApplicationContext context = this.application.start()) {
			HandshakeRecorder recorder = HandshakeRecorder.in(context);
			ForeignClient client = new ForeignClient(this.application.port(), this.protocol);
			client.connect(CLIENT);
			assertThat(recorder.next().end()).isInstanceOf(Completed.class);
			context.getBean(MutableClock.class).advance(Duration.ofHours(2));
			client.connectAgain();
			return recorder.next().end();
		}
	}

	/* Two channels to a server, of which one is connected; then the list expires. */
	private ConfigurableApplicationContext channels(String policy, ForeignServer server) {
		ConfigurableApplicationContext context = this.application.ca("secure-grpc.client", CA)
			.set("grpc.server.port", "-1")
			.set("secure-grpc.client.crl-policy", policy)
			.set("grpc.client.first.address", "static://127.0.0.1:" + server.port())
			.set("grpc.client.second.address", "static://127.0.0.1:" + server.port())
			.start();
		HandshakeRecorder recorder = HandshakeRecorder.in(context);
		assertThat(TestApplication.call(context, "first")).isEqualTo(ServingStatus.SERVING);
		assertThat(recorder.next().end()).isInstanceOf(Completed.class);
		context.getBean(MutableClock.class).advance(Duration.ofHours(2));
		return context;
	}

}
