package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.net.ssl.SSLException;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a refused client reads in the server's alert (RFC 8446, 6.2). The JDK's server
 * never says why.
 */
class RefusalAlertTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@ParameterizedTest
	@CsvSource({ "openssl, EXPIRED, certificate_expired", "openssl, NOT_YET_VALID, certificate_expired",
			"openssl, REVOKED, certificate_revoked", "openssl, STRANGER, unknown_ca",
			"openssl, FOR_SERVERS, bad_certificate", "jdk, EXPIRED, certificate_unknown",
			"jdk, REVOKED, certificate_unknown" })
	void clientIsToldWhyItIsRefused(String provider, Client client, String alert, @TempDir Path directory)
			throws Exception {
		X509Bundle identity = client.identity();
		TestCrl list = TestCrl.of(CA);
		Application application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.crl("secure-grpc.server", (client == Client.REVOKED) ? list.revoke(identity) : list)
			.set("secure-grpc.provider", provider);
		TlsProbe probe = new TlsProbe(identity);
		try (ConfigurableApplicationContext context = application.start()) {
			assertThatExceptionOfType(SSLException.class).isThrownBy(() -> probe.connect(TestApplication.port(context)))
				.withMessageContaining("fatal alert: " + alert);
		}
	}

	/** Who is refused. */
	enum Client {

		EXPIRED, NOT_YET_VALID, REVOKED, STRANGER, FOR_SERVERS;

		private X509Bundle identity() {
			Instant now = Instant.now();
			return switch (this) {
				case EXPIRED -> TestCertificates.issue((builder) -> builder.subject("CN=x")
					.addExtendedKeyUsageClientAuth()
					.notBefore(now.minus(2, ChronoUnit.HOURS))
					.notAfter(now.minus(1, ChronoUnit.HOURS)), CA);
				case NOT_YET_VALID -> TestCertificates.issue((builder) -> builder.subject("CN=x")
					.addExtendedKeyUsageClientAuth()
					.notBefore(now.plus(1, ChronoUnit.HOURS)), CA);
				case FOR_SERVERS -> TestCertificates.server(CA);
				case REVOKED -> TestCertificates.client(CA);
				case STRANGER -> TestCertificates.client(TestCertificates.authority("stranger"));
			};
		}

	}

}
