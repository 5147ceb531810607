package io.github.securegrpc.application;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

import io.grpc.Channel;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.transport.Handshake.Failed;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A second handshake in TLS 1.2 ends the connection, whichever end begins it.
 */
@Timeout(60)
class RenegotiationTests {

	private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"
		.getBytes(StandardCharsets.ISO_8859_1);

	private static final X509Bundle CA = TestCertificates.authority("ca");

	/* The common pool may be one thread. */
	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void end() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@CsvSource({ "openssl, true", "openssl, false", "jdk, true", "jdk, false", "unshaded, true", "unshaded, false" })
	void clientThatBeginsASecondHandshakeLosesItsConnection(String transport, boolean speaksBefore,
			@TempDir Path directory) throws Exception {
		Application application = application(directory, transport)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA);
		try (ConfigurableApplicationContext context = application.start();
				SSLSocket client = (SSLSocket) tls(TestCertificates.client(CA)).getSocketFactory()
					.createSocket("127.0.0.1", application.port())) {
			HandshakeRecorder recorder = HandshakeRecorder.in(context);
			speakHttp2(client);
			client.startHandshake();
			recorder.next();
			if (speaksBefore) {
				client.getOutputStream().write(PREFACE);
				assertThat(client.getInputStream().read()).isNotNegative();
			}
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> renegotiate(client));
			if (!transport.equals("unshaded")) {
				assertThat(recorder.next().end()).isInstanceOfSatisfying(Failed.class, (failed) -> {
					assertThat(failed.result()).isEqualTo(HandshakeResult.UNEXPECTED_MESSAGE);
					assertThat(failed.detail()).contains("second handshake");
				});
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void serverThatAsksForASecondHandshakeLosesItsConnection(String transport, @TempDir Path directory)
			throws Exception {
		try (SSLServerSocket listening = (SSLServerSocket) tls(TestCertificates.server(CA)).getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> serve(listening), this.threads);
			Application application = application(directory, transport).set("secure-grpc.server.plaintext", "loopback")
				.ca("secure-grpc.client", CA)
				.set("grpc.client.it.address", "static://localhost:" + listening.getLocalPort());
			try (ConfigurableApplicationContext context = application.start()) {
				Channel channel = TestApplication.channel(context, "it");
				this.threads.execute(() -> TestApplication.check(channel));
				assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("refused");
			}
		}
	}

	private static String serve(SSLServerSocket listening) {
		try (SSLSocket server = (SSLSocket) listening.accept()) {
			speakHttp2(server);
			server.startHandshake();
			server.getOutputStream().write(PREFACE, PREFACE.length - 9, 9);
			server.getInputStream().readNBytes(PREFACE.length);
			try {
				renegotiate(server);
				return "renegotiated";
			}
			catch (IOException ex) {
				return "refused";
			}
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/* Until the end of the handshake, or of the connection. */
	private static void renegotiate(SSLSocket socket) throws IOException {
		CompletableFuture<Boolean> renegotiated = new CompletableFuture<>();
		socket.addHandshakeCompletedListener((event) -> renegotiated.complete(true));
		socket.startHandshake();
		while (!renegotiated.isDone() && socket.getInputStream().read() >= 0) {
			// frames
		}
		if (!renegotiated.isDone()) {
			throw new IOException("closed");
		}
	}

	private static void speakHttp2(SSLSocket socket) throws IOException {
		socket.setSoTimeout(5_000);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setProtocols(new String[] { "TLSv1.2" });
		parameters.setApplicationProtocols(new String[] { "h2" });
		socket.setSSLParameters(parameters);
	}

	private static SSLContext tls(X509Bundle identity) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(new KeyManager[] { new FixedKeyManager(identity) },
				InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		return context;
	}

	private static Application application(Path directory, String transport) {
		Application application = new Application(directory);
		return transport.equals("unshaded") ? application.on(TestNetty.UNSHADED).set("secure-grpc.provider", "jdk")
				: application.on(TestNetty.SHADED).set("secure-grpc.provider", transport);
	}

}
