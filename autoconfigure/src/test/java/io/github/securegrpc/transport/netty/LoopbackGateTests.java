package io.github.securegrpc.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Clock;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.transport.ConnectionLog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plaintext for loopback alone: whatever a name promised at the start, the address of the
 * connection decides, before a byte is read or written.
 */
class LoopbackGateTests {

	@ParameterizedTest
	@ValueSource(strings = { "192.0.2.1", "10.0.0.1", "169.254.1.1", "2001:db8::1", "::ffff:192.0.2.1", "0.0.0.0" })
	void connectionWithElsewhereIsClosed(String address) throws UnknownHostException {
		ConnectedTo channel = new ConnectedTo(new InetSocketAddress(InetAddress.getAllByName(address)[0], 443));
		assertThat(channel.isOpen()).isFalse();
		assertThat(channel.pipeline().get(Negotiation.class)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.9.9.9", "::1" })
	void connectionWithThisMachineGoesOn(String address) throws UnknownHostException {
		ConnectedTo channel = new ConnectedTo(new InetSocketAddress(InetAddress.getAllByName(address)[0], 443));
		assertThat(channel.isOpen()).isTrue();
		assertThat(channel.pipeline().get(Negotiation.class)).isNotNull();
	}

	@Test
	void addressThatWasNeverResolvedIsClosed() {
		assertThat(new ConnectedTo(InetSocketAddress.createUnresolved("localhost", 443)).isOpen()).isFalse();
	}

	@Test
	void unixDomainSocketGoesOn() {
		assertThat(new ConnectedTo(new DomainSocketAddress("/run/grpc.sock")).isOpen()).isTrue();
	}

	/** Stands for grpc-java's own handler. */
	private static final class Negotiation extends ChannelInboundHandlerAdapter {

	}

	/** A connection whose other end is what it is said to be. */
	private static final class ConnectedTo extends EmbeddedChannel {

		private static SocketAddress connecting = new InetSocketAddress(0);

		private ConnectedTo(SocketAddress address) {
			super(remember(address));
		}

		private static LoopbackGate remember(SocketAddress address) {
			connecting = address;
			return new LoopbackGate(new Negotiation(), new ConnectionLog(Clock.systemUTC())::channel);
		}

		@Override
		protected SocketAddress remoteAddress0() {
			return connecting;
		}

	}

}
