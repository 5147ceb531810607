package io.github.securegrpc.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often a refused handshake is logged.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandshakeLogTests {

	private final MutableClock clock = new MutableClock();

	private final HandshakeLog log = new HandshakeLog(this.clock);

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
