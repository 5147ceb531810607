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
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Revocation lists with which an application does not start, and what it says of those it
 * starts with.
 */
@ExtendWith(OutputCaptureExtension.class)
class RevocationStartTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA));
	}

	@Test
	void brokenOrForgedListDoesNotStart() {
		this.application.ca("secure-grpc.server", CA);
		for (String broken : new String[] { "", "MAA=", TestCertificates.pem(CA.getCertificate()),
				TestCrl.forged(CA, TestCertificates.authority("other")).pem() }) {
			crl(broken);
			refused("server.crl (secure-grpc.server.crl)");
		}
	}

	@Test
	void listWithoutATrustAnchorDoesNotStart() {
		crl(TestCrl.of(CA).pem());
		refused("is set without a ca");
	}

	@Test
	void policyWithoutAListDoesNotStart() {
		this.application.ca("secure-grpc.server", CA).set("secure-grpc.server.crl-policy", "strict");
		refused("secure-grpc.server.crl-policy is set without secure-grpc.server.crl");
	}

	@Test
	void effectiveConfigurationNamesThem(CapturedOutput output) {
		crl(TestCrl.of(CA).pem());
		this.application.ca("secure-grpc.server", CA)
			.set("secure-grpc.server.crl-policy", "lenient")
			.set("logging.level.io.github.securegrpc", "info");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output)
				.containsPattern("CRLs: 1, lenient; .*crl from \\S*server.crl \\(secure-grpc.server.crl\\)");
		}
	}

	private void crl(String content) {
		this.application.set("secure-grpc.server.crl", this.application.file("server.crl", content));
	}

	private void refused(String message) {
		assertThatException().isThrownBy(this.application::start)
			.satisfies((ex) -> assertThat(ex).rootCause()
				.isInstanceOf(RefusedException.class)
				.hasMessageContaining(message));
	}

}
