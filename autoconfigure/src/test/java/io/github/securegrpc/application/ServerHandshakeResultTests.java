package io.github.securegrpc.application;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.Handshake.Completed;
import io.github.securegrpc.transport.Handshake.Failed;
import io.github.securegrpc.transport.Handshake.Resumption;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way in which a handshake with our server can end, provoked by a client that knows
 * nothing of us, and by which gRFC A118 name it is known then.
 */
class ServerHandshakeResultTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	static Stream<Arguments> cells() {
		List<Arguments> cells = new ArrayList<>();
		for (String provider : List.of("openssl", "jdk")) {
			for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
				cells.add(Arguments.of(provider, protocol));
			}
		}
		return cells.stream();
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("cells")
	void resultIsCountedUnderItsName(String provider, String protocol, @TempDir Path directory) {
		boolean modern = protocol.equals("TLSv1.3");
		Application application = new Application(directory).identity("secure-grpc", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.provider", provider)
			.set("secure-grpc.server.protocols", protocol)
			.set("secure-grpc.server.handshake-timeout", "1s");
		if (provider.equals("jdk") || !modern) {
			application.set("secure-grpc.server.ciphers",
					modern ? "TLS_AES_128_GCM_SHA256" : "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
		}
		try (ConfigurableApplicationContext context = application.start()) {
			HandshakeRecorder recorder = HandshakeRecorder.in(context);
			ForeignClient client = new ForeignClient(application.port(), protocol);

			client.connect(TestCertificates.client(CA));
			assertThat(completed(recorder)).isEqualTo(Resumption.FULL_HANDSHAKE);
			client.connectAgain();
			assertThat(completed(recorder)).isEqualTo(Resumption.RESUMED_HANDSHAKE);

			client.connect(null);
			failed(recorder, HandshakeResult.CERTIFICATE_VERIFICATION_FAILED, "the client presented no certificate");
			client.connect(TestCertificates.client(OTHER_CA));
			failed(recorder, HandshakeResult.CERTIFICATE_AUTHORITY_INVALID,
					"dns:client (dns:client; issued by CN=other; valid from ");
			client.connect(shifted(-2));
			failed(recorder, HandshakeResult.CERTIFICATE_EXPIRED, "it expired at");
			client.connect(shifted(2));
			failed(recorder, HandshakeResult.CERTIFICATE_NOT_YET_VALID, "it is not valid before");
			client.connectMalformed();
			failed(recorder, HandshakeResult.CERTIFICATE_MALFORMED, "");
			client.connectWithForeignKey(TestCertificates.client(CA));
			failed(recorder, HandshakeResult.SIGNATURE_VERIFICATION_FAILED, "signature");
			client.connect(TestCertificates.client(CA),
					(parameters) -> parameters.setProtocols(new String[] { modern ? "TLSv1.2" : "TLSv1.3" }));
			failed(recorder, HandshakeResult.PROTOCOL_VERSION_UNSUPPORTED, "no protocol version in common");
			client.connect(TestCertificates.client(CA),
					(parameters) -> parameters.setApplicationProtocols(new String[] { "http/1.1" }));
			failed(recorder, HandshakeResult.NO_APPLICATION_PROTOCOL, "h2");
			client.connect(TestCertificates.client(CA),
					(parameters) -> parameters.setApplicationProtocols(new String[0]));
			failed(recorder, HandshakeResult.NO_APPLICATION_PROTOCOL, "h2");
			if (provider.equals("jdk") || !modern) {
				client.connect(TestCertificates.client(CA), (parameters) -> parameters.setCipherSuites(
						new String[] { modern ? "TLS_AES_256_GCM_SHA384" : "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256" }));
				failed(recorder, HandshakeResult.CIPHER_SUITE_MISMATCH, "no cipher suite in common");
			}
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(failed(recorder, HandshakeResult.UNEXPECTED_MESSAGE, "does not speak TLS"))
				.as("what it sent, in hex")
				.doesNotContain(HexFormat.of().formatHex("GET / HTTP".getBytes(StandardCharsets.US_ASCII)));
			client.close();
			failed(recorder, HandshakeResult.PEER_CONNECTION_CLOSED, "closed");
			client.connectTampered(TestCertificates.client(CA));
			failed(recorder, HandshakeResult.DECRYPTION_FAILED, "decrypted");
			client.send("");
			failed(recorder, HandshakeResult.HANDSHAKE_TIMEOUT, "took too long");
		}
	}

	private static Resumption completed(HandshakeRecorder recorder) {
		Handshake handshake = recorder.next();
		assertThat(handshake.end()).isInstanceOf(Completed.class);
		Resumption resumption = ((Completed) handshake.end()).resumption();
		assertThat(recorder.counted("server", HandshakeResult.SUCCESS, resumption)).isEqualTo(1);
		return resumption;
	}

	private static String failed(HandshakeRecorder recorder, HandshakeResult result, String detail) {
		Handshake handshake = recorder.next();
		assertThat(handshake.peer()).asString().contains("127.0.0.1");
		assertThat(handshake.end()).isInstanceOfSatisfying(Failed.class, (failed) -> {
			assertThat(failed.result()).as(failed.detail()).isEqualTo(result);
			assertThat(failed.detail()).contains(detail);
		});
		assertThat(recorder.counted("server", result, Resumption.UNKNOWN)).isPositive();
		return ((Failed) handshake.end()).detail();
	}

	private static X509Bundle shifted(int days) {
		Instant middle = Instant.now().plus(Duration.ofDays(days));
		return TestCertificates.issue((builder) -> builder.subject("CN=client")
			.addExtendedKeyUsageClientAuth()
			.notBefore(middle.minus(Duration.ofHours(1)))
			.notAfter(middle.plus(Duration.ofHours(1))), CA);
	}

}
