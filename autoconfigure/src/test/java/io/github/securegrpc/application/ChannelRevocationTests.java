package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.Handshake.Failed;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A server whose certificate was taken back is called no more.
 */
@ParameterizedClass
@CsvSource({ "openssl, TLSv1.3, SHADED", "openssl, TLSv1.2, UNSHADED", "jdk, TLSv1.3, UNSHADED",
		"jdk, TLSv1.2, SHADED" })
class ChannelRevocationTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private static final X509Bundle SERVER = TestCertificates.server(CA);

	private final String provider;

	private final String protocol;

	private final TestNetty netty;

	private Application application = new Application(Path.of(""));

	ChannelRevocationTests(String provider, String protocol, TestNetty netty) {
		this.provider = provider;
		this.protocol = protocol;
		this.netty = netty;
	}

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).on(this.netty)
			.ca("secure-grpc.client", CA)
			.set("grpc.server.port", "-1")
			.set("secure-grpc.provider", this.provider);
	}

	@Test
	void revokedServerIsRefusedAtTheHandshake() {
		this.application.crl("secure-grpc.client", TestCrl.of(CA).revoke(SERVER));
		try (ForeignServer server = new ForeignServer(SERVER, this.protocol).start();
				ConfigurableApplicationContext context = start(server)) {
			refused(context, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
		}
	}

	@Test
	void listsComeFromTheNearestLevel() {
		this.application.crl("secure-grpc", TestCrl.of(CA).revoke(SERVER));
		this.application.crl("secure-grpc.client.channels.it", TestCrl.of(CA));
		try (ForeignServer server = new ForeignServer(SERVER, this.protocol).start();
				ConfigurableApplicationContext context = start(server)) {
			assertThat(TestApplication.call(context, "it")).isEqualTo(ServingStatus.SERVING);
		}
		this.application.crl("secure-grpc.client.channels.it", TestCrl.of(CA).revoke(SERVER));
		this.application.crl("secure-grpc", TestCrl.of(CA));
		try (ForeignServer server = new ForeignServer(SERVER, this.protocol).start();
				ConfigurableApplicationContext context = start(server)) {
			refused(context, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
		}
	}

	@Test
	void expiredOrForeignListRefusesUnlessThePolicyIsLenient() {
		for (TestCrl list : new TestCrl[] { TestCrl.of(OTHER_CA),
				TestCrl.until(CA, Instant.now().minus(Duration.ofMinutes(1))) }) {
			this.application.crl("secure-grpc.client", list);
			try (ForeignServer server = new ForeignServer(SERVER, this.protocol).start()) {
				this.application.set("secure-grpc.client.crl-policy", "strict");
				try (ConfigurableApplicationContext context = start(server)) {
					refused(context, HandshakeResult.CERTIFICATE_VERIFICATION_FAILED, "and crl-policy is strict");
				}
				this.application.set("secure-grpc.client.crl-policy", "lenient");
				try (ConfigurableApplicationContext context = start(server)) {
					assertThat(TestApplication.call(context, "it")).isEqualTo(ServingStatus.SERVING);
				}
			}
		}
	}

	@Test
	void connectedServerIsCalledNoMoreOnceItIsRevoked() {
		this.application.crl("secure-grpc.client", TestCrl.of(CA));
		try (ForeignServer server = new ForeignServer(SERVER, this.protocol).start();
				ConfigurableApplicationContext context = start(server)) {
			Channel channel = TestApplication.channel(context, "it");
			assertThat(TestApplication.check(channel)).isEqualTo(ServingStatus.SERVING);
			this.application.crl("secure-grpc.client", TestCrl.of(CA).revoke(SERVER));
			context.getBean(RotatingMaterials.class).tick();
			StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class,
					() -> TestApplication.check(channel));
			assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
			assertThat(ex.getStatus().getDescription()).contains("it was revoked at ");
		}
	}

	private ConfigurableApplicationContext start(ForeignServer server) {
		ConfigurableApplicationContext context = this.application
			.set("grpc.client.it.address", "static://127.0.0.1:" + server.port())
			.start();
		HandshakeRecorder.in(context);
		return context;
	}

	private static void refused(ConfigurableApplicationContext context, HandshakeResult result, String detail) {
		StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class,
				() -> TestApplication.call(context, "it"));
		assertThat(ex.getStatus().getDescription()).contains(detail);
		assertThat(context.getBean("recorder", HandshakeRecorder.class).next().end())
			.isInstanceOfSatisfying(Failed.class, (failed) -> {
				assertThat(failed.result()).as(failed.detail()).isEqualTo(result);
				assertThat(failed.detail()).contains(detail);
			});
	}

}
