package io.github.securegrpc.transport.netty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;

/**
 * Closes a connection as grpc-java does when its age is over: GOAWAY, so that new calls
 * go elsewhere, and the calls that are open may end; what has not ended after the grace
 * ends with the connection.
 */
final class GracefulClose {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private GracefulClose() {
	}

	static void of(Channel connection) {
		connection.eventLoop().execute(connection::close);
		connection.eventLoop().schedule(() -> force(connection), GRACE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/* Past the HTTP/2 handler, which would wait for its streams. */
	private static void force(Channel connection) {
		ChannelHandlerContext ssl = connection.pipeline().context(SslHandler.class);
		if (ssl != null && connection.isOpen()) {
			ssl.close();
		}
	}

}
