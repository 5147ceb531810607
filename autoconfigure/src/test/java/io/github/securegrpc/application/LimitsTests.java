package io.github.securegrpc.application;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One bad peer harms nobody: over TLS on both providers and both Netty flavours, and in
 * plaintext.
 */
@Timeout(60)
class LimitsTests {

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
		.getBytes(StandardCharsets.ISO_8859_1);

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private final X509Bundle authority = TestCertificates.authority("ca");

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk", "unshaded", "plaintext" })
	void callsBeyondTheLimitWaitUntilOneEnds(String transport, @TempDir Path directory) throws Exception {
		Application application = application(directory, transport)
			.set("secure-grpc.server.limits.calls-per-connection", 2);
		try (ConfigurableApplicationContext context = application.start()) {
			Channel channel = TestApplication.channel(context, "it");
			TestApplication.check(channel);
			StreamObserver<ServerReflectionRequest> one = OpenStreams.reflect(channel);
			OpenStreams.reflect(channel);
			ListenableFuture<HealthCheckResponse> third = HealthGrpc.newFutureStub(channel)
				.check(HealthCheckRequest.getDefaultInstance());
			assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> third.get(500, TimeUnit.MILLISECONDS));
			one.onCompleted();
			assertThat(third.get(10, TimeUnit.SECONDS).getStatus()).isEqualTo(ServingStatus.SERVING);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk", "unshaded", "plaintext" })
	void peerThatResetsTooManyStreamsLosesItsConnection(String transport, @TempDir Path directory) throws Exception {
		Application application = application(directory, transport).set("secure-grpc.server.limits.resets", 20);
		try (ConfigurableApplicationContext context = application.start()) {
			Channel channel = TestApplication.channel(context, "it");
			CompletableFuture<Status> ended = new CompletableFuture<>();
			OpenStreams.watch(channel, ended);
			for (int i = 0; i < 100 && !ended.isDone(); i++) {
				CompletableFuture<Status> opened = new CompletableFuture<>();
				OpenStreams.watch(channel, opened).cancel(null);
			}
			Status end = ended.get(20, TimeUnit.SECONDS);
			assertThat(end.getDescription()).as("%s", end).contains("ENHANCE_YOUR_CALM", "too_many_rststreams");
			TestApplication.check(channel);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk", "unshaded", "plaintext" })
	void connectionsBeyondTheLimitAreClosedAndRoomIsMadeByTheirEnd(String transport, @TempDir Path directory)
			throws Exception {
		Application application = application(directory, transport).set("secure-grpc.server.limits.connections", 1);
		try (ConfigurableApplicationContext context = application.start()) {
			int port = TestApplication.port(context);
			try (Socket first = connect(port, transport)) {
				assertThat(first.getInputStream().read()).isNotNegative();
				assertThat(isClosed(port)).isTrue();
			}
			Awaitility.await().until(() -> !isClosed(port));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk", "unshaded", "plaintext" })
	void peerThatNeverSpeaksIsClosedAfterTheHandshakeTimeout(String transport, @TempDir Path directory)
			throws Exception {
		Application application = application(directory, transport).set("secure-grpc.server.handshake-timeout",
				"500ms");
		try (ConfigurableApplicationContext context = application.start();
				Socket socket = new Socket(LOOPBACK, TestApplication.port(context))) {
			assertClosedByPeer(socket);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk", "unshaded" })
	void peerThatNeverSendsItsPrefaceIsClosedAfterTheHandshakeTimeout(String transport, @TempDir Path directory)
			throws Exception {
		Application application = application(directory, transport).set("secure-grpc.server.handshake-timeout",
				"500ms");
		try (ConfigurableApplicationContext context = application.start();
				Socket socket = tls(TestApplication.port(context))) {
			assertClosedByPeer(socket);
		}
	}

	private static void assertClosedByPeer(Socket socket) throws IOException {
		socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
		InputStream in = socket.getInputStream();
		try {
			for (int read = in.read(); read >= 0; read = in.read()) {
				// the server's own preface
			}
		}
		catch (SocketException ex) {
			// reset: closed too
		}
	}

	private static boolean isClosed(int port) throws IOException {
		try (Socket socket = new Socket(LOOPBACK, port)) {
			socket.setSoTimeout(300);
			return socket.getInputStream().read() < 0;
		}
		catch (SocketException ex) {
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	private static Socket connect(int port, String transport) throws Exception {
		Socket socket = transport.equals("plaintext") ? new Socket(LOOPBACK, port) : tls(port);
		socket.setSoTimeout(10_000);
		socket.getOutputStream().write(PREFACE);
		return socket;
	}

	private static Socket tls(int port) throws Exception {
		SSLContext client = SSLContext.getInstance("TLS");
		client.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", port);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { "h2" });
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	private Application application(Path directory, String transport) {
		Application application = new Application(directory).channel("it");
		if (transport.equals("plaintext")) {
			return application.set("secure-grpc.server.plaintext", "loopback")
				.set("secure-grpc.client.plaintext", "loopback");
		}
		if (transport.equals("unshaded")) {
			application.on(TestNetty.UNSHADED);
		}
		else {
			application.on(TestNetty.SHADED).set("secure-grpc.provider", transport);
		}
		return application.identity("secure-grpc.server", TestCertificates.server(this.authority))
			.ca("secure-grpc.client", this.authority);
	}

}
