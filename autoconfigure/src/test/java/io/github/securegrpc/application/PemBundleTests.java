package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;

import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.CostlyKeys;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Material of Spring Boot's PEM bundles.
 */
class PemBundleTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final X509Bundle server = TestCertificates.server(this.authority);

	private final Application application;

	PemBundleTests(@TempDir Path directory) {
		this.application = new Application(directory).channel("it");
	}

	@Test
	void pemBundleServes() {
		this.application
			.set("spring.ssl.bundle.pem.server.keystore.certificate",
					this.application.file("b.crt", TestCertificates.pem(this.server.getCertificate())))
			.set("spring.ssl.bundle.pem.server.keystore.private-key",
					this.application.file("b.key", TestCertificates.pem(this.server.getKeyPair().getPrivate())))
			.set("secure-grpc.server.bundle", "server")
			.ca("secure-grpc.client", this.authority);
		try (ConfigurableApplicationContext context = this.application.start()) {
			TestApplication.call(context, "it");
		}
	}

	/* Boot opens the key, whatever that costs. */
	@ParameterizedTest
	@ValueSource(strings = { "keystore", "truststore" })
	@Timeout(60)
	void keyOfAPemBundleThatTakesALifetimeIsRefusedAtOnce(String store) {
		this.application
			.set("spring.ssl.bundle.pem.server.%s.certificate".formatted(store),
					this.application.file("b.crt", TestCertificates.pem(this.server.getCertificate())))
			.set("spring.ssl.bundle.pem.server.%s.private-key".formatted(store),
					this.application.file("b.key", CostlyKeys.encrypted(CostlyKeys.pbes2(Integer.MAX_VALUE))))
			.set("spring.ssl.bundle.pem.server.%s.private-key-password".formatted(store), "password")
			.set("secure-grpc.server.bundle", "server");
		assertThatThrownBy(this.application::start)
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("b.key")
				.hasMessageContaining(
						"(spring.ssl.bundle.pem.server.%s.private-key) asks for 2147483647".formatted(store)));
	}

	@Test
	void bundleThatReloadsRotates() throws Exception {
		X509Bundle next = TestCertificates.server(this.authority);
		this.application
			.set("spring.ssl.bundle.pem.server.keystore.certificate",
					"file:" + this.application.file("b.crt", TestCertificates.pem(this.server.getCertificate())))
			.set("spring.ssl.bundle.pem.server.keystore.private-key",
					"file:" + this.application.file("b.key",
							TestCertificates.pem(this.server.getKeyPair().getPrivate())))
			.set("spring.ssl.bundle.pem.server.reload-on-update", true)
			.set("spring.ssl.bundle.watch.file.quiet-period", "100ms")
			.set("secure-grpc.server.bundle", "server")
			.set("secure-grpc.reload.enabled", true)
			.set("secure-grpc.reload.interval", "200ms")
			.ca("secure-grpc.client", this.authority);
		try (ConfigurableApplicationContext context = this.application.start()) {
			TestApplication.call(context, "it");
			this.application.file("b.key", TestCertificates.pem(next.getKeyPair().getPrivate()));
			this.application.file("b.crt", TestCertificates.pem(next.getCertificate()));
			TlsProbe probe = new TlsProbe(next);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> probe.connect(this.application.port()), next.getCertificate()::equals);
			TestApplication.call(context, "it");
		}
	}

}
