package io.github.securegrpc.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which handshakes are our own.
 */
class OwnConnectionsTests {

	private final OwnConnections own = new OwnConnections();

	@Test
	void announcementIsForOneHandshake() {
		this.own.announce(address(1));
		assertThat(this.own.isOwn(from(2))).isFalse();
		assertThat(this.own.isOwn(from(1))).isTrue();
		assertThat(this.own.isOwn(from(1))).isFalse();
	}

	@Test
	void announcementsThatNobodyMetAreForgotten() {
		for (int port = 1; port <= 5; port++) {
			this.own.announce(address(port));
		}
		assertThat(this.own.isOwn(from(1))).isFalse();
		assertThat(this.own.isOwn(from(5))).isTrue();
	}

	private static InetSocketAddress address(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

	private static Handshake from(int port) {
		return new Handshake(null, address(port), 1, new Handshake.Failed(HandshakeResult.UNKNOWN_FAILURE, ""));
	}

}
