package io.github.securegrpc.transport.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of bytes that come while their sender waits.
 */
class LateReadingTests {

	private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 1);

	private final RefusalPace pace = new RefusalPace(Duration.ofSeconds(2), () -> 0, (peer) -> false);

	/* epoll reads what a peer has sent when the peer closes its end, asked or not. */
	@Test
	void whoDoesNotWaitIsClosedUnheard() {
		for (int i = 0; i < 20; i++) {
			this.pace.completed(
					new Handshake(null, PEER, 1, new Handshake.Failed(HandshakeResult.UNEXPECTED_MESSAGE, "the test")));
		}
		EmbeddedChannel connection = connect();
		ByteBuf hello = Unpooled.copiedBuffer(new byte[] { 22, 3, 1 });
		connection.writeInbound(hello);
		assertThat(connection.<Object>readInbound()).isNull();
		assertThat(hello.refCnt()).isZero();
		assertThat(connection.isOpen()).isFalse();
	}

	@Test
	void whoNeedNotWaitIsHeard() {
		EmbeddedChannel connection = connect();
		connection.writeInbound(Unpooled.copiedBuffer(new byte[] { 22, 3, 1 }));
		ByteBuf heard = connection.readInbound();
		assertThat(heard.readableBytes()).isEqualTo(3);
		heard.release();
		assertThat(connection.finish()).isFalse();
	}

	private EmbeddedChannel connect() {
		EmbeddedChannel connection = new EmbeddedChannel() {

			@Override
			protected SocketAddress remoteAddress0() {
				return PEER;
			}

		};
		connection.pipeline().addLast(new LateReading(this.pace, new ChannelInboundHandlerAdapter()));
		connection.read();
		return connection;
	}

}
