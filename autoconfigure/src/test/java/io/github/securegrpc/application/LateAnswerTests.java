package io.github.securegrpc.application;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An address from which many handshakes are refused waits, and no other does.
 */
@Timeout(60)
class LateAnswerTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private final X509Bundle stranger = TestCertificates.client(TestCertificates.authority("other"));

	private final X509Bundle client = TestCertificates.client(CA);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void end() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk", "unshaded" })
	void addressOfManyRefusedIsAnsweredLateAndStillAnswered(String transport, @TempDir Path directory)
			throws Exception {
		Application application = new Application(directory).identity("secure-grpc", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA);
		if (transport.equals("unshaded")) {
			application.on(TestNetty.UNSHADED);
		}
		else {
			application.on(TestNetty.SHADED).set("secure-grpc.provider", transport);
		}
		try (ConfigurableApplicationContext context = application.start()) {
			int port = TestApplication.port(context);
			List<CompletableFuture<Boolean>> strangers = IntStream.range(0, 40)
				.mapToObj((i) -> CompletableFuture.supplyAsync(() -> isServed("127.0.0.1", port, this.stranger),
						this.threads))
				.toList();
			assertThat(strangers).allSatisfy((served) -> assertThat(served.get(20, TimeUnit.SECONDS)).isFalse());
			CompletableFuture<Duration> late = CompletableFuture.supplyAsync(() -> untilServed("127.0.0.1", port),
					this.threads);
			Duration other = IntStream.range(0, 3)
				.mapToObj((i) -> untilServed("127.0.0.2", port))
				.min(Duration::compareTo)
				.orElseThrow();
			assertThat(late.get(20, TimeUnit.SECONDS)).isGreaterThan(Duration.ofSeconds(1))
				.isGreaterThan(other.multipliedBy(2));
		}
	}

	private Duration untilServed(String from, int port) {
		long start = System.nanoTime();
		assertThat(isServed(from, port, this.client)).isTrue();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/* Until the first byte of HTTP/2. */
	private static boolean isServed(String from, int port, X509Bundle identity) {
		try (SSLSocket socket = (SSLSocket) tls(identity).getSocketFactory()
			.createSocket("127.0.0.1", port, InetAddress.getByName(from), 0)) {
			socket.setSoTimeout(10_000);
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { "h2" });
			socket.setSSLParameters(parameters);
			socket.startHandshake();
			return socket.getInputStream().read() >= 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static SSLContext tls(X509Bundle identity) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(new KeyManager[] { new FixedKeyManager(identity) },
					InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
