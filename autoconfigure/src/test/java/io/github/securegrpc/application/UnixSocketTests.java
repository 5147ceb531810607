package io.github.securegrpc.application;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.OpenConnections;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * TLS over a Unix domain socket, all of whose connections have the same addresses.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnixSocketTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	/* What an HTTP/2 client says first, and empty SETTINGS. */
	private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";

	/* RFC 8446, section 5.1. */
	private static final byte HANDSHAKE = 22;

	@Test
	void limitHoldsInPlaintextToo(@TempDir Path directory) throws IOException {
		Path socket = directory.resolve("grpc.sock");
		Application application = new Application(directory).set("grpc.server.address", "unix:" + socket)
			.set("secure-grpc.server.plaintext", "loopback")
			.set("secure-grpc.server.limits.connections", 1);
		try (ConfigurableApplicationContext context = application.start();
				SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
			Awaitility.await().until(() -> context.getBean(OpenConnections.class).count() == 1);
			assertThat(first.isConnected()).isTrue();
			try (SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
				assertThat(second.read(ByteBuffer.allocate(1))).as("closed").isEqualTo(-1);
			}
		}
	}

	/* spring-grpc leaves the credentials out here. */
	@ParameterizedTest
	@EnumSource
	void clientInPlaintextIsNotAnswered(TestNetty netty, @TempDir Path directory) throws IOException {
		Path socket = directory.resolve("grpc.sock");
		Application application = new Application(directory).set("grpc.server.address", "unix:" + socket)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.set("secure-grpc.server.client-auth", "none");
		try (ConfigurableApplicationContext context = application.on(netty).start();
				SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
			assertThat(context.isRunning()).isTrue();
			client.write(StandardCharsets.US_ASCII.encode(PREFACE));
			assertThat(client.read(ByteBuffer.allocate(1))).as("closed").isEqualTo(-1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void channelDoesNotSpeakPlaintext(TestNetty netty, @TempDir Path directory) throws Exception {
		Path socket = directory.resolve("foreign.sock");
		Application application = new Application(directory).set("secure-grpc.server.plaintext", "loopback")
			.set("grpc.client.foreign.address", "unix:" + socket)
			.ca("secure-grpc.client", CA)
			.set("secure-grpc.client.channels.foreign.server-name", "localhost");
		try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
			.bind(UnixDomainSocketAddress.of(socket));
				ConfigurableApplicationContext context = application.on(netty).start()) {
			HealthGrpc.newFutureStub(TestApplication.channel(context, "foreign"))
				.check(HealthCheckRequest.getDefaultInstance());
			try (SocketChannel connection = server.accept()) {
				ByteBuffer first = ByteBuffer.allocate(1);
				connection.read(first);
				assertThat(first.get(0)).as("type of a TLS record").isEqualTo(HANDSHAKE);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void connectionOfTheRevokedPeerIsClosedAndNoOther(String provider, @TempDir Path directory, CapturedOutput output)
			throws Exception {
		X509Bundle revoked = TestCertificates.client(CA);
		Path socket = directory.resolve("grpc.sock");
		Application application = new Application(directory).with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.ca("secure-grpc.client", CA)
			.identity("secure-grpc.client.channels.revoked", revoked)
			.identity("secure-grpc.client.channels.good", TestCertificates.client(CA))
			.set("secure-grpc.provider", provider)
			.set("grpc.server.address", "unix:" + socket);
		for (String name : new String[] { "revoked", "good" }) {
			application.set("grpc.client." + name + ".address", "unix:" + socket)
				.set("secure-grpc.client.channels." + name + ".server-name", "localhost");
		}
		application.crl("secure-grpc.server", TestCrl.of(CA));
		try (ConfigurableApplicationContext context = application.start()) {
			CompletableFuture<Status> ofRevoked = Chatter.listen(TestApplication.channel(context, "revoked"));
			CompletableFuture<Status> ofGood = Chatter.listen(TestApplication.channel(context, "good"));
			OpenConnections connections = context.getBean(OpenConnections.class);
			assertThat(connections.count()).isEqualTo(2);
			assertThat(output).doesNotContain("Refused secure gRPC connection");
			application.crl("secure-grpc.server", TestCrl.of(CA).revoke(revoked));
			context.getBean(RotatingMaterials.class).tick();
			assertThat(ofRevoked.get(5, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			Awaitility.await().atMost(Duration.ofSeconds(8)).until(() -> connections.count() == 1);
			assertThat(ofGood).isNotDone();
		}
	}

}
