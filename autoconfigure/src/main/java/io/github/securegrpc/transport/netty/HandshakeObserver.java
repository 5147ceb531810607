package io.github.securegrpc.transport.netty;

import java.time.Duration;
import java.util.function.IntSupplier;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeListener;

/**
 * Stands before grpc-java's handler of a new connection, finds the {@link SslHandler} it
 * adds, reports how the handshake ended, and leaves.
 */
final class HandshakeObserver extends ChannelInboundHandlerAdapter {

	private final ChannelHandler negotiation;

	private final @Nullable String channel;

	private final @Nullable Duration timeout;

	private final IntSupplier generation;

	private final HandshakeListener listener;

	private boolean attached;

	HandshakeObserver(ChannelHandler negotiation, @Nullable String channel, @Nullable Duration timeout,
			IntSupplier generation, HandshakeListener listener) {
		this.negotiation = negotiation;
		this.channel = channel;
		this.timeout = timeout;
		this.generation = generation;
		this.listener = listener;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ctx.pipeline().addAfter(ctx.name(), null, this.negotiation);
		if (ctx.channel().isActive()) {
			ctx.executor().execute(() -> attach(ctx));
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		ctx.fireChannelActive();
		attach(ctx);
	}

	private void attach(ChannelHandlerContext ctx) {
		SslHandler ssl = ctx.pipeline().get(SslHandler.class);
		if (this.attached || ssl == null) {
			return;
		}
		this.attached = true;
		int number = this.generation.getAsInt();
		if (this.timeout != null) {
			ssl.setHandshakeTimeoutMillis(this.timeout.toMillis());
		}
		ssl.handshakeFuture().addListener((future) -> {
			if (!future.isSuccess()) {
				this.listener.completed(
						new Handshake(this.channel, ctx.channel().remoteAddress(), null, future.cause(), number));
			}
			else if (this.channel == null) {
				this.listener.completed(
						new Handshake(null, ctx.channel().remoteAddress(), ssl.engine().getSession(), null, number));
			}
		});
		if (this.channel != null) {
			ctx.pipeline()
				.addAfter(ctx.pipeline().context(ssl).name(), null,
						new FirstReadObserver(this.channel, ssl, number, this.listener));
		}
		ctx.pipeline().remove(this);
	}

}
