package io.github.securegrpc.application;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.transport.OpenConnections;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What strangers from many addresses can have logged.
 */
@Timeout(90)
@ExtendWith(OutputCaptureExtension.class)
class LogFloodTests {

	private static final String LEFT_OUT = "Refused or closed secure gRPC connections of peers: ";

	@Test
	void refusedHandshakesFromManyAddressesFillNoLogAndAreCounted(@TempDir Path directory, CapturedOutput output)
			throws IOException {
		Application application = new Application(directory).identity("secure-grpc.server",
				TestCertificates.server(TestCertificates.authority("ca")));
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(context.isRunning()).isTrue();
			int peers = 1_500;
			for (int i = 0; i < peers; i++) {
				handshake(application.port(), i);
			}
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(lines(output, "Refused secure gRPC connection from") + leftOut(output))
					.isEqualTo(peers));
			long windows = lines(output, LEFT_OUT) + 1;
			assertThat(lines(output, "Refused secure gRPC connection from")).isBetween(50L, 100 * windows)
				.isLessThan(peers / 2);
		}
	}

	@Test
	void connectionsBeyondTheLimitFillNoLogAndAreCounted(@TempDir Path directory, CapturedOutput output)
			throws IOException {
		Application application = new Application(directory).set("secure-grpc.server.limits.connections", 1)
			.identity("secure-grpc.server", TestCertificates.server(TestCertificates.authority("ca")))
			.set("secure-grpc.truth-check.enabled", false);
		try (ConfigurableApplicationContext context = application.start();
				Socket first = connect(application.port(), 1)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(first.isConnected()).isTrue();
			OpenConnections connections = context.getBean(OpenConnections.class);
			// connections are accepted in turn, and counted on several threads
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connections.count() == 1);
			for (int i = 0; i < 500; i++) {
				try (Socket socket = connect(application.port(), i)) {
					socket.getInputStream().read();
				}
			}
			first.shutdownOutput();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(lines(output, "Closed the connection from") + leftOut(output))
					.as("and the one that never spoke")
					.isEqualTo(501));
			assertThat(lines(output, "Closed the connection from")).isBetween(50L, 200L);
		}
	}

	private static void handshake(int port, int from) throws IOException {
		try (Socket socket = connect(port, from)) {
			socket.getOutputStream().write("this is no TLS\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().read();
		}
		catch (SocketException ex) {
			// reset
		}
	}

	/* All of 127.0.0.0/8 is this machine. */
	private static Socket connect(int port, int from) throws IOException {
		Socket socket = new Socket();
		socket.setSoTimeout(10_000);
		socket.bind(new InetSocketAddress(
				InetAddress.getByAddress(new byte[] { 127, 1, (byte) (from / 250), (byte) (1 + from % 250) }), 0));
		socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), port));
		return socket;
	}

	private static long lines(CapturedOutput output, String text) {
		return output.getAll().lines().filter((line) -> line.contains(text)).count();
	}

	/* The sum of what the closing lines say. */
	private static long leftOut(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains(LEFT_OUT))
			.mapToLong((line) -> Long.parseLong(line.replaceAll(".*: (\\d+) more were not logged.*", "$1")))
			.sum();
	}

}
