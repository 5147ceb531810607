package io.github.securegrpc.transport.netty;

import javax.net.ssl.SSLSession;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeListener;

/**
 * Waits, on a channel's connection, for the first thing the server says. In TLS 1.3 the
 * client's handshake ends before the server has judged its certificate (RFC 8446,
 * 4.4.2.4), so only then is the connection established; a refusal arrives in the same
 * place.
 */
final class FirstReadObserver extends ChannelInboundHandlerAdapter {

	private final String channel;

	private final SslHandler ssl;

	private final int generation;

	private final HandshakeListener listener;

	FirstReadObserver(String channel, SslHandler ssl, int generation, HandshakeListener listener) {
		this.channel = channel;
		this.ssl = ssl;
		this.generation = generation;
		this.listener = listener;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		report(ctx, this.ssl.engine().getSession(), null);
		ctx.fireChannelRead(message);
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (this.ssl.handshakeFuture().isSuccess()) {
			report(ctx, null, cause);
		}
		ctx.fireExceptionCaught(cause);
	}

	private void report(ChannelHandlerContext ctx, @Nullable SSLSession session, @Nullable Throwable failure) {
		this.listener
			.completed(new Handshake(this.channel, ctx.channel().remoteAddress(), session, failure, this.generation));
		ctx.pipeline().remove(this);
	}

}
