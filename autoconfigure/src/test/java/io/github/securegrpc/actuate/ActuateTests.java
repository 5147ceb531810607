package io.github.securegrpc.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What operators are told of a whole application.
 */
@ExtendWith(OutputCaptureExtension.class)
class ActuateTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final X509Bundle identity = both();

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void portIsFoundToServeWhatIsInForceAndNobodyIsAlarmed(String provider, @TempDir Path directory,
			CapturedOutput output) {
		try (ConfigurableApplicationContext context = mutual(directory).set("secure-grpc.provider", provider).start()) {
			TruthCheck truth = context.getBean(TruthCheck.class);
			for (int i = 0; i < 5; i++) {
				truth.look();
			}
			assertThat(truth.finding()).isEqualTo(new TruthCheck.Finding(false,
					"the leaf in force, " + Fingerprint.of(this.identity.getCertificate())));
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
			CertificatesReport report = context.getBean(GrpcCertificatesEndpoint.class).certificates();
			assertThat(report.handshakeFailures()).isEmpty();
			assertThat(report.server()).isNotNull()
				.satisfies((server) -> assertThat(server.provider()).isEqualTo(provider))
				.satisfies((server) -> assertThat(server.clientAuth()).isEqualTo("require"))
				.satisfies((server) -> assertThat(server.connections()).isEqualTo(1));
			assertThat(health(context, "server").getStatus()).isEqualTo(Status.UP);
			assertThat(output).doesNotContain("Refused secure gRPC connection");
		}
	}

	@Test
	void portThatServesSomethingElseIsOutOfServiceWithBothFingerprints(@TempDir Path directory,
			@TempDir Path elsewhere) {
		X509Bundle other = TestCertificates.server(this.authority);
		try (ConfigurableApplicationContext stranger = new Application(elsewhere).identity("secure-grpc", other)
			.start(); ConfigurableApplicationContext context = mutual(directory).start()) {
			context.getBean(ListeningServer.class).started(new StrangerServer(TestApplication.port(stranger)));
			context.getBean(TruthCheck.class).look();
			Health health = health(context, "server");
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails().get("served")).asString()
				.contains(Fingerprint.of(other.getCertificate()))
				.contains(Fingerprint.of(this.identity.getCertificate()));
		}
	}

	@Test
	void endpointTellsOfMaterialChannelsAndFailedHandshakes(@TempDir Path directory) {
		Application application = mutual(directory).channel("stranger")
			.ca("secure-grpc.client.channels.stranger", TestCertificates.authority("somebody"))
			.identity("secure-grpc.client.channels.stranger", this.identity)
			.set("secure-grpc.client.channels.self.server-name", "ledger.internal");
		try (ConfigurableApplicationContext context = application.start()) {
			assertThatException().isThrownBy(() -> TestApplication.call(context, "stranger"));
			CertificatesReport report = context.getBean(GrpcCertificatesEndpoint.class).certificates();
			assertThat(report.materials()).extracting(CertificatesReport.Material::name)
				.containsExactlyInAnyOrder("server", "client", "client.stranger");
			String target = "static://localhost:" + application.port();
			assertThat(report.channels())
				.containsEntry("self",
						new CertificatesReport.Channel("tls", "ledger.internal", target, "ledger.internal", List.of(),
								"client", List.of("TLSv1.3", "TLSv1.2"), "openssl", 0))
				.containsEntry("stranger", new CertificatesReport.Channel("tls", null, target, "localhost", List.of(),
						"client.stranger", List.of("TLSv1.3", "TLSv1.2"), "openssl", 1));
			assertThat(report.handshakeFailures()).extracting(CertificatesReport.HandshakeFailure::side)
				.contains("client.stranger");
			assertThat(report.handshakeFailures()).anySatisfy((failure) -> {
				assertThat(failure.result()).isEqualTo(HandshakeResult.CERTIFICATE_AUTHORITY_INVALID);
				assertThat(failure.detail()).contains("is not among the 1 trust anchors");
			});
		}
	}

	@Test
	void writeAsksEverySourceAtOnce(@TempDir Path directory) throws IOException {
		try (ConfigurableApplicationContext context = mutual(directory).start()) {
			GrpcCertificatesEndpoint endpoint = context.getBean(GrpcCertificatesEndpoint.class);
			assertThat(endpoint.reload()).containsOnly(Map.entry("server", new ReloadOutcome("UNCHANGED", null)),
					Map.entry("client", new ReloadOutcome("UNCHANGED", null)));
			Path key = directory.resolve("secure-grpc.key");
			Path kept = Files.move(key, directory.resolve("kept"), StandardCopyOption.REPLACE_EXISTING);
			assertThat(endpoint.reload().get("server")).isNotNull()
				.satisfies((outcome) -> assertThat(outcome.outcome()).isEqualTo("REFUSED"))
				.satisfies((outcome) -> assertThat(outcome.reason()).contains("secure-grpc.key"));
			Files.move(kept, key);
			X509Bundle next = both();
			TestCertificates.write(key, TestCertificates.pem(next.getKeyPair().getPrivate()));
			TestCertificates.write(directory.resolve("secure-grpc.crt"),
					TestCertificates.pem(next.getCertificatePath()));
			assertThat(endpoint.reload()).containsEntry("server", new ReloadOutcome("ROTATED", null));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void portIsAskedUnlessThatIsTurnedOff(boolean enabled, @TempDir Path directory) {
		try (ConfigurableApplicationContext context = mutual(directory).set("secure-grpc.reload.interval", "100ms")
			.set("secure-grpc.truth-check.enabled", enabled)
			.start()) {
			Awaitility.await()
				.during(enabled ? Duration.ZERO : Duration.ofSeconds(1))
				.until(() -> (context.getBean(TruthCheck.class).finding() != null) == enabled);
			assertThat(health(context, "server").getDetails().containsKey("served")).isEqualTo(enabled);
		}
	}

	@Test
	void healthCanBeTurnedOff(@TempDir Path directory) {
		try (ConfigurableApplicationContext context = mutual(directory)
			.set("management.health.grpccertificates.enabled", false)
			.start()) {
			assertThat(context.getBeansOfType(HealthContributor.class))
				.doesNotContainKey("grpcCertificatesHealthContributor");
			assertThat(context.getBeansOfType(GrpcCertificatesEndpoint.class)).hasSize(1);
		}
	}

	@Test
	void plaintextIsAHealthDetail(@TempDir Path directory) {
		try (ConfigurableApplicationContext context = new Application(directory).channel("self")
			.set("grpc.server.address", "127.0.0.1")
			.set("secure-grpc.server.plaintext", "anywhere")
			.set("secure-grpc.client.plaintext", "loopback")
			.start()) {
			assertThat(health(context, "server").getDetails()).containsEntry("mode", "plaintext-anywhere");
			assertThat(health(context, "client.self").getDetails()).containsEntry("mode", "plaintext-loopback");
		}
	}

	private X509Bundle both() {
		return TestCertificates.issue(
				(builder) -> builder.subject("CN=both").addSanDnsName("localhost").addSanIpAddress("127.0.0.1"),
				this.authority);
	}

	private Application mutual(Path directory) {
		return new Application(directory).identity("secure-grpc", this.identity)
			.ca("secure-grpc", this.authority)
			.channel("self")
			.set("management.endpoint.grpccertificates.access", "unrestricted")
			.set("management.endpoints.jmx.exposure.include", "*")
			.set("spring.jmx.enabled", "true");
	}

	private static Health health(ConfigurableApplicationContext context, String component) {
		CompositeHealthContributor composite = context.getBean("grpcCertificatesHealthContributor",
				CompositeHealthContributor.class);
		return Objects
			.requireNonNull(((HealthIndicator) Objects.requireNonNull(composite.getContributor(component))).health());
	}

}
