package io.github.securegrpc.application;

import java.nio.file.Path;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The server's protocols and ciphers, and the flavours of Netty.
 */
class ServerOptionsTests {

	private static final String AES_256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";

	private static final String AES_128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final TlsProbe probe = new TlsProbe(TestCertificates.client(this.authority));

	private Application application = new Application(Path.of(""));

	ServerOptionsTests() throws Exception {
	}

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory)
			.identity("secure-grpc.server", TestCertificates.server(this.authority))
			.ca("secure-grpc.client", this.authority)
			.channel("it");
	}

	@ParameterizedTest
	@CsvSource({ "openssl, TLSv1.3, TLSv1.2", "openssl, TLSv1.2, TLSv1.3", "jdk, TLSv1.3, TLSv1.2",
			"jdk, TLSv1.2, TLSv1.3" })
	void otherProtocolThanTheServersIsRefused(String provider, String spoken, String other) throws Exception {
		this.application.set("secure-grpc.provider", provider).set("secure-grpc.server.protocols", spoken);
		try (ConfigurableApplicationContext context = this.application.start()) {
			int port = TestApplication.port(context);
			assertThatExceptionOfType(SSLException.class)
				.isThrownBy(() -> this.probe.connect(port, (offer) -> protocols(offer, other)));
			this.probe.connect(port, (offer) -> protocols(offer, spoken, other));
			assertThat(this.probe.lastSession()).startsWith(spoken + " ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void otherCipherThanTheServersIsRefused(String provider) throws Exception {
		this.application.set("secure-grpc.provider", provider)
			.set("secure-grpc.server.protocols", "TLSv1.2")
			.set("secure-grpc.server.ciphers", AES_256);
		try (ConfigurableApplicationContext context = this.application.start()) {
			int port = TestApplication.port(context);
			assertThatExceptionOfType(SSLException.class)
				.isThrownBy(() -> this.probe.connect(port, (offer) -> ciphers(offer, AES_128)));
			this.probe.connect(port, (offer) -> ciphers(offer, AES_128, AES_256));
			assertThat(this.probe.lastSession()).isEqualTo("TLSv1.2 " + AES_256);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.1", "SSLv3", "tls1.3" })
	void protocolThatHttp2ForbidsOrNobodyKnowsIsRefused(String protocol) {
		this.application.set("secure-grpc.server.protocols", protocol);
		refuses("secure-grpc.server.protocols: %s (expected: some of [TLSv1.3, TLSv1.2])".formatted(protocol));
	}

	@Test
	void ciphersThatLeaveAProtocolWithoutAnyAreRefused() {
		this.application.set("secure-grpc.server.ciphers", AES_256);
		refuses("enables TLSv1.3, but none of secure-grpc.server.ciphers is a suite of it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void cipherThatDoesNotSuitTheKeyIsRefused(String provider) {
		this.application.set("secure-grpc.provider", provider)
			.set("secure-grpc.server.protocols", "TLSv1.2")
			.set("secure-grpc.server.ciphers", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
		refuses("a handshake with ourselves failed (TLSv1.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "io.grpc.netty.shaded.", "io.netty.", "io.grpc.netty.Netty" })
	void eitherFlavourOrBothWork(String missing) {
		try (ConfigurableApplicationContext context = this.application
			.start(new FilteredClassLoader((name) -> name.startsWith(missing)))) {
			assertThat(TestApplication.call(context, "it")).isEqualTo(ServingStatus.SERVING);
		}
	}

	private void refuses(String reason) {
		assertThatThrownBy(this.application::start).hasStackTraceContaining(reason);
	}

	private static void protocols(SSLParameters offer, String... protocols) {
		offer.setProtocols(protocols);
	}

	private static void ciphers(SSLParameters offer, String... ciphers) {
		offer.setCipherSuites(ciphers);
	}

}
