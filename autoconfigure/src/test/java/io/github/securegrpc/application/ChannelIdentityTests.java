package io.github.securegrpc.application;

import java.nio.file.Path;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Which channels present a certificate, where one of theirs would not do or is not
 * wanted.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelIdentityTests {

	private final X509Bundle ca = TestCertificates.authority("ca");

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void certificateForServersOnlyIsServedAndNotPresented(String provider, @TempDir Path directory,
			CapturedOutput output) {
		Application application = new Application(directory).identity("secure-grpc", TestCertificates.server(this.ca))
			.ca("secure-grpc.client", this.ca)
			.channel("self")
			.set("secure-grpc.provider", provider)
			.set("logging.level.io.github.securegrpc", "info");
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
		}
		assertThat(output).contains("is for servers only (extended key usage serverAuth): client presents none")
			.containsPattern(
					"Secure gRPC channel self: .*, no certificate, trust anchors: 1; ca from \\S+ \\(secure-grpc.client.ca\\)\n");
	}

	@Test
	void certificateForServersOnlyOfTheClientIsRefused(@TempDir Path directory) {
		Application application = new Application(directory)
			.identity("secure-grpc.server", TestCertificates.server(this.ca))
			.identity("secure-grpc.client", TestCertificates.server(this.ca))
			.ca("secure-grpc.client", this.ca)
			.channel("self");
		assertThatThrownBy(application::start)
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("is not for clients")
				.satisfies((refusal) -> assertThat(refusal.action()).contains("secure-grpc.server.cert")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void oneChannelPresentsNone(String provider, @TempDir Path directory) {
		Application application = mutual(directory).set("secure-grpc.provider", provider)
			.set("secure-grpc.client.channels.bare.cert", "none");
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> TestApplication.call(context, "bare"))
				.satisfies((ex) -> assertThat(ex.getStatus().getDescription())
					.contains("secure-grpc.client.cert and key"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "key", "key-password", "bundle" })
	void keyOrBundleBesideNoneIsRefused(String property, @TempDir Path directory) {
		Application application = mutual(directory).set("secure-grpc.client.channels.bare.cert", "none")
			.set("secure-grpc.client.channels.bare." + property, "any");
		assertThatThrownBy(application::start)
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining(
					"secure-grpc.client.channels.bare.cert is none, but a key or bundle stands beside it"));
	}

	private Application mutual(Path directory) {
		return new Application(directory).identity("secure-grpc.server", TestCertificates.server(this.ca))
			.ca("secure-grpc.server", this.ca)
			.identity("secure-grpc.client", TestCertificates.client(this.ca))
			.ca("secure-grpc.client", this.ca)
			.channel("self")
			.channel("bare");
	}

}
