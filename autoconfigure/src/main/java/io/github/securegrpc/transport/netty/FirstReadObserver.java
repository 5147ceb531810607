package io.github.securegrpc.transport.netty;

import java.nio.channels.ClosedChannelException;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

import io.github.securegrpc.text.Printable;

/**
 * Waits, on a channel's connection, for the first thing the server says. In TLS 1.3 the
 * client's handshake ends before the server has judged its certificate (RFC 8446,
 * 4.4.2.4), so only then is the connection established; a refusal arrives in the same
 * place. Whoever waits for the connection is told the reason, instead of an
 * {@code io exception}.
 */
final class FirstReadObserver extends ChannelDuplexHandler {

	private final HandshakeReport report;

	private boolean closedByUs;

	FirstReadObserver(HandshakeReport report) {
		this.report = report;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		this.report.completed();
		ctx.fireChannelRead(message);
		ctx.pipeline().remove(this);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (event instanceof SslHandshakeCompletionEvent end) {
			Throwable failure = end.isSuccess() ? this.report.objection() : end.cause();
			ctx.fireUserEventTriggered((failure != null) ? new SslHandshakeCompletionEvent(explain(failure)) : event);
		}
		else {
			ctx.fireUserEventTriggered(event);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		ctx.fireExceptionCaught(explain(cause));
	}

	@Override
	public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
		this.closedByUs = true;
		ctx.close(promise);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (!this.closedByUs) {
			ctx.fireExceptionCaught(explain(new ClosedChannelException()));
		}
		ctx.fireChannelInactive();
	}

	private StatusRuntimeException explain(Throwable cause) {
		return Status.UNAVAILABLE.withDescription(this.report.failed(cause).detail())
			.withCause(Printable.trace(cause))
			.asRuntimeException();
	}

}
