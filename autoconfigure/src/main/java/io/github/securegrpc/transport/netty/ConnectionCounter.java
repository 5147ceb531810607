package io.github.securegrpc.transport.netty;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Counts the open connections of a server and closes those beyond its limit at accept.
 */
final class ConnectionCounter {

	private static final Log logger = LogFactory.getLog("io.github.securegrpc.handshake");

	private final int limit;

	private final AtomicInteger open = new AtomicInteger();

	private final LongAdder refused = new LongAdder();

	ConnectionCounter(int limit) {
		this.limit = limit;
	}

	ChannelHandler admit(ChannelHandler next) {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void handlerAdded(ChannelHandlerContext ctx) {
				if (ConnectionCounter.this.open.incrementAndGet() > ConnectionCounter.this.limit) {
					ConnectionCounter.this.open.decrementAndGet();
					refuse(ctx);
					return;
				}
				ctx.channel().closeFuture().addListener((future) -> ConnectionCounter.this.open.decrementAndGet());
				ctx.pipeline().replace(this, null, next);
			}

		};
	}

	private void refuse(ChannelHandlerContext ctx) {
		this.refused.increment();
		long count = this.refused.sum();
		if (Long.bitCount(count) == 1) {
			logger.warn(
					"Closed the connection from %s: %d connections are open (secure-grpc.server.limits.connections), %d closed so far"
						.formatted(ctx.channel().remoteAddress(), this.limit, count));
		}
		ctx.close();
	}

}
