package io.github.securegrpc.actuate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.server.ListeningServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the port lets in is asked, not only which certificate it shows.
 */
@ExtendWith(OutputCaptureExtension.class)
class TruthCheckTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final X509Bundle identity = TestCertificates.issue(
			(builder) -> builder.subject("CN=both").addSanDnsName("localhost").addSanIpAddress("127.0.0.1"),
			this.authority);

	@Test
	void portThatSpeaksPlaintextIsOutOfService(@TempDir Path directory, CapturedOutput output) throws IOException {
		Server plaintext = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create()).build().start();
		try (ConfigurableApplicationContext context = mutual(directory).start()) {
			look(context, plaintext.getPort());
			look(context, plaintext.getPort());
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails().get("served")).asString().endsWith("speaks plaintext");
			assertThat(output.toString().split("does not serve what is in force", -1)).hasSize(2);
		}
		finally {
			plaintext.shutdownNow();
		}
	}

	@ParameterizedTest
	@CsvSource({ "openssl, TLSv1.3", "openssl, TLSv1.2", "jdk, TLSv1.3", "jdk, TLSv1.2" })
	void portThatLetsInAnyoneIsOutOfServiceWhereACertificateIsRequired(String provider, String protocol,
			@TempDir Path directory, @TempDir Path elsewhere) {
		Application anyone = new Application(elsewhere).identity("secure-grpc", this.identity)
			.set("secure-grpc.provider", provider)
			.set("secure-grpc.server.protocols", protocol);
		try (ConfigurableApplicationContext open = anyone.start();
				ConfigurableApplicationContext context = mutual(directory).start()) {
			look(context, TestApplication.port(open));
			Health health = health(context);
			assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
			assertThat(health.getDetails().get("served")).asString()
				.endsWith("lets in whoever has no certificate, but client-auth is require");
		}
	}

	@ParameterizedTest
	@CsvSource({ "openssl, TLSv1.3", "openssl, TLSv1.2", "jdk, TLSv1.3", "jdk, TLSv1.2" })
	void portThatRefusesAnyoneIsUpAndTheQuestionsLeaveNoTrace(String provider, String protocol, @TempDir Path directory,
			CapturedOutput output) {
		Application application = mutual(directory).set("secure-grpc.provider", provider)
			.set("secure-grpc.server.protocols", protocol)
			.set("secure-grpc.server.limits.connections", 1);
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
			for (int i = 0; i < 10; i++) {
				context.getBean(TruthCheck.class).look();
				assertThat(context.getBean(TruthCheck.class).finding()).isNotNull()
					.satisfies((finding) -> assertThat(finding.words()).startsWith("the leaf in force"));
			}
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			CertificatesReport report = context.getBean(GrpcCertificatesEndpoint.class).certificates();
			assertThat(report.handshakeFailures()).isEmpty();
			assertThat(Objects.requireNonNull(report.server()).connections()).isEqualTo(1);
			assertThat(output).doesNotContain("Refused secure gRPC connection", "Closed the connection from");
		}
	}

	private Application mutual(Path directory) {
		return new Application(directory).identity("secure-grpc", this.identity)
			.ca("secure-grpc", this.authority)
			.channel("self")
			.set("management.endpoint.grpccertificates.access", "unrestricted")
			.set("management.endpoints.jmx.exposure.include", "*")
			.set("spring.jmx.enabled", "true");
	}

	private static void look(ConfigurableApplicationContext context, int port) {
		context.getBean(ListeningServer.class).started(new StrangerServer(port));
		context.getBean(TruthCheck.class).look();
	}

	private static Health health(ConfigurableApplicationContext context) {
		CompositeHealthContributor composite = context.getBean("grpcCertificatesHealthContributor",
				CompositeHealthContributor.class);
		return Objects
			.requireNonNull(((HealthIndicator) Objects.requireNonNull(composite.getContributor("server"))).health());
	}

}
