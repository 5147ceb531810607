package io.github.securegrpc.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often handshakes are logged.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandshakeLogTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.securegrpc.handshake");

	private final MutableClock clock = new MutableClock();

	private final HandshakeLog log = new HandshakeLog(new ConnectionLog(this.clock));

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void leave() {
		this.logger.setLevel(null);
	}

	@Test
	void refusalsAreLoggedTenTimesInTenSecondsForAnAddress(CapturedOutput output) {
		for (int port = 1; port <= 25; port++) {
			refuse("192.0.2.1", port);
		}
		assertThat(lines(output, "192.0.2.1")).as("whatever the port").isEqualTo(10);
		refuse("192.0.2.2", 1);
		assertThat(lines(output, "192.0.2.2")).isEqualTo(1);
		this.clock.advance(Duration.ofSeconds(10).minusMillis(1));
		refuse("192.0.2.1", 26);
		assertThat(lines(output, "192.0.2.1")).isEqualTo(10);
		this.clock.advance(Duration.ofMillis(1));
		for (int port = 27; port <= 40; port++) {
			refuse("192.0.2.1", port);
		}
		assertThat(lines(output, "192.0.2.1")).isEqualTo(20);
		assertThat(output).as("of 26")
			.containsOnlyOnce("Refused or closed secure gRPC connections of peers: 16 more were not logged");
	}

	@Test
	void channelIsAnnouncedOnceForEachGeneration(CapturedOutput output) throws Exception {
		InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(new byte[16]), 443);
		SSLSession session = SSLContext.getDefault().createSSLEngine().getSession();
		for (int generation : new int[] { 1, 1, 2, 2 }) {
			for (String channel : List.of("one", "other")) {
				this.log.completed(new Handshake(new ChannelTarget(channel, "static://localhost:1"), address,
						generation, new Handshake.Completed(session, Handshake.Resumption.FULL_HANDSHAKE)));
			}
		}
		for (String channel : List.of("one", "other")) {
			assertThat(output.getAll()
				.split("Established secure gRPC connection to %s \\(\\[::]:443, ".formatted(channel), -1)).hasSize(3);
		}
	}

	private void refuse(String address, int port) {
		this.log.completed(new Handshake(null, new InetSocketAddress(address, port), 1,
				new Handshake.Failed(HandshakeResult.CERTIFICATE_EXPIRED, "it expired")));
	}

	private static long lines(CapturedOutput output, String address) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains("Refused secure gRPC connection from " + address + ":"))
			.count();
	}

}
