package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Our server, on a real socket, against a client that knows nothing of us and trusts
 * anyone: what gets through is the server's decision alone, and its log says why not.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerHandshakeMatrixTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private static final X509Bundle PINNED = TestCertificates.client(OTHER_CA);

	private static final X509Bundle EXPIRED_PIN = shifted(OTHER_CA, -2);

	static Stream<Arguments> cells() {
		List<Arguments> cells = new ArrayList<>();
		for (TestNetty netty : TestNetty.values()) {
			for (String provider : List.of("openssl", "jdk")) {
				for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
					for (String clientAuth : List.of("none", "optional", "require")) {
						cells.add(Arguments.of(netty, provider, protocol, clientAuth));
					}
				}
			}
		}
		return cells.stream();
	}

	@ParameterizedTest(name = "{0} {1} {2} client-auth {3}")
	@MethodSource("cells")
	void serverAdmitsExactlyTheClientsItShould(TestNetty netty, String provider, String protocol, String clientAuth,
			@TempDir Path directory, CapturedOutput output) {
		X509Bundle server = TestCertificates.server(CA);
		Path cert = TestCertificates.write(directory.resolve("tls.crt"), TestCertificates.pem(server.getCertificate()));
		Path key = TestCertificates.write(directory.resolve("tls.key"),
				TestCertificates.pem(server.getKeyPair().getPrivate()));
		Path ca = TestCertificates.write(directory.resolve("ca.crt"),
				TestCertificates.pem(CA.getCertificate(), PINNED.getCertificate(), EXPIRED_PIN.getCertificate()));
		try (ConfigurableApplicationContext context = TestApplication.start(netty.loader(),
				"secure-grpc.provider=" + provider, "secure-grpc.server.cert=" + cert, "secure-grpc.server.key=" + key,
				"secure-grpc.server.ca=" + ca, "secure-grpc.server.client-auth=" + clientAuth,
				"secure-grpc.server.protocols=" + protocol)) {
			Client client = new Client(TestApplication.port(context), protocol);
			boolean judged = !clientAuth.equals("none");
			client.isAdmitted(TestCertificates.client(CA));
			client.isAdmitted(PINNED);
			// a client's names are for authorization, whatever they are
			client.isAdmitted(TestCertificates.issue((builder) -> builder.subject("CN=x").addSanDnsName("wrong"), CA));
			client.isAdmitted(TestCertificates.issue((builder) -> builder.subject("CN=x"), CA));
			client.expect(null, !clientAuth.equals("require"), output,
					"the client presented no certificate: it has none, or none of a CA that it was asked for (CN=");
			client.expect(TestCertificates.client(OTHER_CA), !judged, output, "is not among the 3 trust anchors");
			client.expect(shifted(CA, -2), !judged, output, "it expired at");
			client.expect(shifted(CA, 2), !judged, output, "it is not valid before");
			client.expect(EXPIRED_PIN, !judged, output, "it expired at");
		}
	}

	private static X509Bundle shifted(X509Bundle issuer, int days) {
		Instant middle = Instant.now().plus(Duration.ofDays(days));
		return TestCertificates.issue((builder) -> builder.subject("CN=client")
			.addSanDnsName("client")
			.addExtendedKeyUsageClientAuth()
			.notBefore(middle.minus(Duration.ofHours(1)))
			.notAfter(middle.plus(Duration.ofHours(1))), issuer);
	}

	private record Client(int port, String protocol) {

		void isAdmitted(@Nullable X509Bundle identity) {
			assertThat(call(identity)).isEqualTo(ServingStatus.SERVING);
		}

		void expect(@Nullable X509Bundle identity, boolean admitted, CapturedOutput output, String reason) {
			if (admitted) {
				isAdmitted(identity);
				return;
			}
			int from = output.getAll().length();
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call(identity));
			org.awaitility.Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.untilAsserted(() -> assertThat(output.getAll().substring(from))
					.contains("Refused secure gRPC connection from 127.0.0.1")
					.contains(reason));
		}

		private ServingStatus call(@Nullable X509Bundle identity) {
			ManagedChannel channel = channel(identity);
			try {
				return TestApplication.check(channel);
			}
			finally {
				channel.shutdownNow();
				await(channel);
			}
		}

		private ManagedChannel channel(@Nullable X509Bundle identity) {
			try {
				SslContextBuilder builder = SslContextBuilder.forClient()
					.trustManager(InsecureTrustManagerFactory.INSTANCE);
				if (identity != null) {
					builder.keyManager(new FixedKeyManager(identity));
				}
				return NettyChannelBuilder.forAddress("127.0.0.1", this.port)
					.disableRetry()
					.sslContext(GrpcSslContexts.configure(builder, SslProvider.JDK).protocols(this.protocol).build())
					.build();
			}
			catch (javax.net.ssl.SSLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static void await(ManagedChannel channel) {
			try {
				channel.awaitTermination(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
