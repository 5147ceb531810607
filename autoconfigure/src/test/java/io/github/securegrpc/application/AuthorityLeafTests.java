package io.github.securegrpc.application;

import java.nio.file.Path;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A leaf that says that it is an authority: its peers refuse it, so that whoever has it
 * is told at the start.
 */
@ExtendWith(OutputCaptureExtension.class)
class AuthorityLeafTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle AUTHORITY = TestCertificates
		.issue((builder) -> builder.subject("CN=sub").addSanDnsName("localhost").setIsCertificateAuthority(true), CA);

	private static final String WARNING = "the leaf CN=sub is an authority (expected: basic constraints CA:FALSE)";

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).ca("secure-grpc.client", CA).channel("it");
	}

	@Test
	void serverThatHasOneIsToldBeforeItsPeersRefuseIt(CapturedOutput output) {
		this.application.identity("secure-grpc.server", AUTHORITY);
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(output).contains(WARNING).contains("secure-grpc.server.crt (secure-grpc.server.cert)");
			assertThatThrownBy(() -> TestApplication.call(context, "it"))
				.hasMessageContaining("it is a CA certificate");
		}
	}

	@Test
	void oneThatComesLaterIsWarnedOfOnce(CapturedOutput output) {
		this.application.identity("secure-grpc.server", TestCertificates.server(CA));
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(output).doesNotContain("is an authority");
			this.application.identity("secure-grpc.server", AUTHORITY);
			context.getBean(RotatingMaterials.class).tick();
			context.getBean(RotatingMaterials.class).tick();
			assertThat(output.getAll().split("CN=sub is an authority", -1)).hasSize(2);
		}
	}

}
