package io.github.securegrpc.transport.netty;

import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.grpc.netty.InternalProtocolNegotiationEvent;
import io.grpc.netty.ProtocolNegotiationEvent;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;
import io.github.securegrpc.transport.ConnectionLog;
import io.github.securegrpc.transport.OpenConnections;

/**
 * Counts the open connections of a server and closes those beyond its limit, if it has
 * one, at accept. Those it admits can be closed by their transport attributes.
 */
final class ConnectionCounter {

	private final int limit;

	private final boolean plaintext;

	private final OpenConnections all;

	private final ConnectionLog log;

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicLong refused = new AtomicLong();

	private final CompletableFuture<Void> met = new CompletableFuture<>();

	ConnectionCounter(@Nullable Integer limit, boolean plaintext, OpenConnections all, ConnectionLog log) {
		this.plaintext = plaintext;
		this.limit = (limit != null) ? limit : Integer.MAX_VALUE;
		this.all = all;
		this.log = log;
	}

	/* Completed with the first connection. */
	CompletableFuture<Void> met() {
		return this.met;
	}

	ChannelHandler admit(ChannelHandler next) {
		return new ChannelInboundHandlerAdapter() {

			@Override
			public void handlerAdded(ChannelHandlerContext ctx) {
				if (opened(ctx.channel())) {
					ctx.pipeline().addAfter(ctx.name(), null, next);
				}
				else {
					refuse(ctx);
				}
			}

			@Override
			public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
				if (event instanceof ProtocolNegotiationEvent negotiation) {
					ctx.fireUserEventTriggered(closable(negotiation, ctx.channel()));
					ctx.pipeline().remove(this);
				}
				else {
					ctx.fireUserEventTriggered(event);
				}
			}

		};
	}

	private boolean opened(Channel connection) {
		this.met.complete(null);
		SocketAddress peer = connection.remoteAddress();
		if (this.plaintext ? this.all.takeOwn(peer) : this.all.isOwn(peer)) {
			return true;
		}
		if (this.open.incrementAndGet() > this.limit) {
			this.open.decrementAndGet();
			return false;
		}
		this.all.opened();
		connection.closeFuture().addListener((future) -> {
			this.all.closed();
			this.open.decrementAndGet();
		});
		return true;
	}

	private static ProtocolNegotiationEvent closable(ProtocolNegotiationEvent negotiation, Channel connection) {
		return InternalProtocolNegotiationEvent.withAttributes(negotiation, OpenConnections
			.closable(InternalProtocolNegotiationEvent.getAttributes(negotiation), () -> GracefulClose.of(connection)));
	}

	private void refuse(ChannelHandlerContext ctx) {
		long count = this.refused.incrementAndGet();
		SocketAddress peer = ctx.channel().remoteAddress();
		this.log.server(peer,
				() -> "Closed the connection from %s: %d connections are open (secure-grpc.server.limits.connections), %d closed so far"
					.formatted(Printable.address(peer), this.limit, count));
		ctx.close();
	}

}
