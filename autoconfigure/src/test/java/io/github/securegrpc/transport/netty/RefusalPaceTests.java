package io.github.securegrpc.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How late the next connection of an address is answered.
 */
class RefusalPaceTests {

	private final SocketAddress own = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 1_000_000);

	private final RefusalPace pace = new RefusalPace(Duration.ofSeconds(2), this.nanoTime::get,
			(peer) -> peer == this.own);

	@Test
	void tenASecondAreAnsweredAtOnceAndFurtherOnesLater() throws UnknownHostException {
		SocketAddress peer = peer("192.0.2.1", 1);
		refuse(peer, 10);
		assertThat(this.pace.delay(peer)).isZero();
		refuse(peer, 1);
		assertThat(this.pace.delay(peer)).isEqualTo(Duration.ofMillis(100));
		assertThat(this.pace.delay(peer("192.0.2.1", 2))).as("another port").isEqualTo(Duration.ofMillis(100));
		assertThat(this.pace.delay(peer("192.0.2.2", 1))).as("another address").isZero();
		this.nanoTime.addAndGet(Duration.ofMillis(100).toNanos());
		assertThat(this.pace.delay(peer)).isZero();
	}

	@Test
	void nobodyWaitsLongerThanTheLongestDelayNorLongAfterTheLastRefusal() throws UnknownHostException {
		SocketAddress peer = peer("192.0.2.1", 1);
		refuse(peer, 10_000);
		assertThat(this.pace.delay(peer)).isEqualTo(Duration.ofSeconds(2));
		this.nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
		assertThat(this.pace.delay(peer)).isZero();
	}

	@Test
	void networkOf64BitsIsOneAddress() throws UnknownHostException {
		for (int i = 0; i < 20; i++) {
			refuse(peer("2001:db8:0:1::" + i, i), 1);
		}
		assertThat(this.pace.delay(peer("2001:db8:0:1:ffff::1", 1))).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.pace.delay(peer("2001:db8:0:2::1", 1))).isZero();
	}

	@Test
	void manyAddressesDoNotFillTheMemory() throws UnknownHostException {
		SocketAddress first = peer("10.1.0.1", 1);
		refuse(first, 20);
		for (int i = 0; i < RefusalPace.MAX_NETWORKS; i++) {
			refuse(peer("10.2.%d.%d".formatted(i / 256, i % 256), 1), 1);
		}
		assertThat(this.pace.delay(first)).isZero();
	}

	/* They end in the middle of the handshake. */
	@Test
	void whatWeAskOurselvesDoesNotCount() {
		refuse(this.own, 20);
		assertThat(this.pace.delay(this.own)).isZero();
	}

	@Test
	void peersOfAUnixDomainSocketCannotBeToldApart() {
		SocketAddress socket = new DomainSocketAddress("/tmp/s");
		refuse(socket, 20);
		assertThat(this.pace.delay(socket)).isZero();
		assertThat(this.pace.delay(null)).isZero();
	}

	private void refuse(SocketAddress peer, int times) {
		for (int i = 0; i < times; i++) {
			this.pace.completed(new Handshake(null, peer, 1,
					new Handshake.Failed(HandshakeResult.CERTIFICATE_AUTHORITY_INVALID, "a stranger")));
		}
	}

	private static SocketAddress peer(String address, int port) throws UnknownHostException {
		return new InetSocketAddress(InetAddress.getByName(address), port);
	}

}
