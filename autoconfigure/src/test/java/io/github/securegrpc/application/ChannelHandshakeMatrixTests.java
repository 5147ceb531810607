package io.github.securegrpc.application;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Our channel, on a real socket, against a server that knows nothing of us and accepts
 * anyone: what gets through is the channel's decision alone, and the caller reads why
 * not.
 */
class ChannelHandshakeMatrixTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private static final X509Bundle PINNED = TestCertificates.server(OTHER_CA);

	private static final X509Bundle SELF_SIGNED = TestCertificates.issue(
			(builder) -> builder.subject("CN=self").addSanIpAddress("127.0.0.1").setIsCertificateAuthority(true), null);

	private static final X509Bundle EXPIRED_PIN = shifted(OTHER_CA, -2);

	private static final X509Bundle PIN_WITHOUT_NAME = TestCertificates
		.issue((builder) -> builder.subject("CN=127.0.0.1"), OTHER_CA);

	static Stream<Arguments> cells() {
		List<Arguments> cells = new ArrayList<>();
		for (TestNetty netty : TestNetty.values()) {
			for (String provider : List.of("openssl", "jdk")) {
				for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
					cells.add(Arguments.of(netty, provider, protocol));
				}
			}
		}
		return cells.stream();
	}

	@ParameterizedTest(name = "{0} {1} {2}")
	@MethodSource("cells")
	void channelAcceptsExactlyTheServersItShould(TestNetty netty, String provider, String protocol,
			@TempDir Path directory) throws IOException {
		Path ca = TestCertificates.write(directory.resolve("ca.crt"),
				TestCertificates.pem(CA.getCertificate(), PINNED.getCertificate(), SELF_SIGNED.getCertificate(),
						EXPIRED_PIN.getCertificate(), PIN_WITHOUT_NAME.getCertificate()));
		try (ConfigurableApplicationContext context = TestApplication.start(netty.loader(), "grpc.server.port=-1",
				"secure-grpc.provider=" + provider, "secure-grpc.client.ca=" + ca)) {
			expect(context, protocol, TestCertificates.server(CA), null);
			expect(context, protocol, PINNED, null);
			expect(context, protocol, SELF_SIGNED, null);
			expect(context, protocol, TestCertificates.server(OTHER_CA), "is not among the 5 trust anchors");
			expect(context, protocol, shifted(CA, -2), "it expired at");
			expect(context, protocol, shifted(CA, 2), "it is not valid before");
			expect(context, protocol, EXPIRED_PIN, "it expired at");
			expect(context, protocol,
					TestCertificates.issue((builder) -> builder.subject("CN=127.0.0.1").addSanDnsName("wrong"), CA),
					"it is for dns:wrong, the call was to 127.0.0.1");
			expect(context, protocol, TestCertificates.issue((builder) -> builder.subject("CN=127.0.0.1"), CA),
					"no subject alternative name");
			expect(context, protocol, PIN_WITHOUT_NAME, "no subject alternative name");
			expect(context, protocol, TestCertificates.issue(
					(builder) -> builder.subject("CN=sub").addSanIpAddress("127.0.0.1").setIsCertificateAuthority(true),
					CA), "it is a CA certificate");
		}
	}

	private static void expect(ConfigurableApplicationContext context, String protocol, X509Bundle identity,
			@Nullable String refusal) throws IOException {
		Server server = server(identity, protocol);
		try {
			String channel = "peer-" + server.getPort();
			TestEngine.of(context).dial(context, channel, "static://127.0.0.1:" + server.getPort());
			if (refusal == null) {
				assertThat(TestApplication.call(context, channel)).isEqualTo(ServingStatus.SERVING);
			}
			else {
				assertThatExceptionOfType(StatusRuntimeException.class)
					.isThrownBy(() -> TestApplication.call(context, channel))
					.satisfies((ex) -> assertThat(ex.getStatus().getDescription()).contains(refusal));
			}
		}
		finally {
			server.shutdownNow();
		}
	}

	private static Server server(X509Bundle identity, String protocol) throws IOException {
		SslContextBuilder builder = SslContextBuilder
			.forServer(identity.getKeyPair().getPrivate(), identity.getCertificate())
			.trustManager(InsecureTrustManagerFactory.INSTANCE);
		return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sslContext(GrpcSslContexts.configure(builder, SslProvider.JDK).protocols(protocol).build())
			.addService(new HealthStatusManager().getHealthService())
			.build()
			.start();
	}

	private static X509Bundle shifted(X509Bundle issuer, int days) {
		Instant middle = Instant.now().plus(Duration.ofDays(days));
		return TestCertificates.issue((builder) -> builder.subject("CN=server")
			.addSanIpAddress("127.0.0.1")
			.notBefore(middle.minus(Duration.ofHours(1)))
			.notAfter(middle.plus(Duration.ofHours(1))), issuer);
	}

}
