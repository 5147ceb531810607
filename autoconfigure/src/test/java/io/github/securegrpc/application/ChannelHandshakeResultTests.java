package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
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
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Every way in which a handshake of our channel can end, provoked by a server that knows
 * nothing of us: by which gRFC A118 name it is known then, and that the caller reads the
 * same reason.
 */
class ChannelHandshakeResultTests {

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
	void channelWithoutACertificateIsToldWhereOneGoes(String provider, String protocol, @TempDir Path directory) {
		Application application = new Application(directory).ca("secure-grpc.client", CA)
			.set("grpc.server.port", "-1")
			.set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = application.start()) {
			Caller caller = new Caller(context, HandshakeRecorder.in(context), new AtomicInteger());
			try (ForeignServer server = new ForeignServer(TestCertificates.server(CA), protocol).trusting(CA).start()) {
				caller.address("peer", server);
				StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class,
						() -> TestApplication.call(context, "peer"));
				assertThat(ex.getStatus().getDescription()).as("whatever alert the server's JDK sends")
					.contains("the peer refused", "secure-grpc.client.cert and key");
			}
		}
	}

	@ParameterizedTest(name = "{0} {1}")
	@MethodSource("cells")
	void resultIsCountedUnderItsNameAndTheCallerReadsIt(String provider, String protocol, @TempDir Path directory) {
		Application application = new Application(directory).ca("secure-grpc.client", CA)
			.identity("secure-grpc.client", TestCertificates.client(CA))
			.set("grpc.server.port", "-1")
			.set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = application.start()) {
			Caller caller = new Caller(context, HandshakeRecorder.in(context), new AtomicInteger());
			ForeignServer good = new ForeignServer(TestCertificates.server(CA), protocol);

			try (ForeignServer server = good.start()) {
				assertThat(caller.admitted("first", server)).isEqualTo(Resumption.FULL_HANDSHAKE);
				assertThat(caller.admitted("second", server)).isEqualTo(Resumption.RESUMED_HANDSHAKE);
			}
			caller.fails(new ForeignServer(TestCertificates.server(OTHER_CA), protocol),
					HandshakeResult.CERTIFICATE_AUTHORITY_INVALID,
					"its issuer CN=other is not among the 1 trust anchors");
			caller.fails(new ForeignServer(TestCertificates.server(OTHER_CA), protocol),
					HandshakeResult.CERTIFICATE_AUTHORITY_INVALID,
					"the peer sent 1 certificate: if that issuer is an intermediate, whoever runs the peer must send it");
			caller.fails(new ForeignServer(shifted(-2), protocol), HandshakeResult.CERTIFICATE_EXPIRED,
					"it expired at");
			caller.fails(new ForeignServer(shifted(2), protocol), HandshakeResult.CERTIFICATE_NOT_YET_VALID,
					"it is not valid before");
			caller.fails(new ForeignServer(named("wrong"), protocol), HandshakeResult.CERTIFICATE_HOSTNAME_MISMATCH,
					"set secure-grpc.client.channels.peer-");
			caller.fails(new ForeignServer(named(null), protocol), HandshakeResult.CERTIFICATE_VERIFICATION_FAILED,
					"no subject alternative name");
			caller.fails(good.withForeignKey(), HandshakeResult.SIGNATURE_VERIFICATION_FAILED, "signature");
			caller.fails(good.trusting(OTHER_CA), HandshakeResult.CERTIFICATE_VERIFICATION_FAILED, "the peer refused");
			caller.fails(good.withoutHttp2(), HandshakeResult.NO_APPLICATION_PROTOCOL, "h2");
			caller.fails(good.refusingTheVersion(), HandshakeResult.PROTOCOL_VERSION_UNSUPPORTED,
					"no protocol version in common");
			caller.fails(good.inPlaintext(), HandshakeResult.UNEXPECTED_MESSAGE, "does not speak TLS");
			caller.fails(good.closing(), HandshakeResult.PEER_CONNECTION_CLOSED,
					"most often it does not accept our certificate");
		}
	}

	private static X509Bundle named(@Nullable String name) {
		return TestCertificates.issue((builder) -> (name != null) ? builder.subject("CN=127.0.0.1").addSanDnsName(name)
				: builder.subject("CN=127.0.0.1"), CA);
	}

	private static X509Bundle shifted(int days) {
		Instant middle = Instant.now().plus(Duration.ofDays(days));
		return TestCertificates.issue((builder) -> builder.subject("CN=server")
			.addSanIpAddress("127.0.0.1")
			.notBefore(middle.minus(Duration.ofHours(1)))
			.notAfter(middle.plus(Duration.ofHours(1))), CA);
	}

	private record Caller(ConfigurableApplicationContext context, HandshakeRecorder recorder, AtomicInteger failures) {

		Resumption admitted(String channel, ForeignServer server) {
			address(channel, server);
			assertThat(TestApplication.call(this.context, channel)).isEqualTo(ServingStatus.SERVING);
			Handshake handshake = this.recorder.nextOf(channel);
			assertThat(handshake.end()).isInstanceOf(Completed.class);
			Resumption resumption = ((Completed) handshake.end()).resumption();
			assertThat(this.recorder.counted("client", HandshakeResult.SUCCESS, resumption)).isEqualTo(1);
			return resumption;
		}

		void fails(ForeignServer server, HandshakeResult result, String detail) {
			try (server) {
				server.start();
				// a port may be given out twice, and a channel remembers its last failure
				String channel = "peer-" + this.failures.incrementAndGet();
				address(channel, server);
				StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class,
						() -> TestApplication.call(this.context, channel));
				Handshake handshake = this.recorder.nextOf(channel);
				assertThat(handshake.end()).isInstanceOfSatisfying(Failed.class, (failed) -> {
					assertThat(failed.result()).as(failed.detail()).isEqualTo(result);
					assertThat(failed.detail()).contains(detail);
				});
				assertThat(this.recorder.counted("client", result, Resumption.UNKNOWN)).isPositive();
				assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
				if (result != HandshakeResult.NO_APPLICATION_PROTOCOL) {
					assertThat(ex.getStatus().getDescription()).contains(detail);
				}
			}
		}

		private void address(String channel, ForeignServer server) {
			TestEngine.of(this.context).dial(this.context, channel, "static://127.0.0.1:" + server.port());
		}

	}

}
