package io.github.securegrpc.transport.netty;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Stands before grpc-java's handler of a new connection, finds the {@link SslHandler} it
 * adds, reports how the handshake ended, and leaves.
 */
final class HandshakeObserver extends ChannelInboundHandlerAdapter {

	private final ChannelHandler negotiation;

	private final Observation observation;

	private boolean attached;

	HandshakeObserver(ChannelHandler negotiation, Observation observation) {
		this.negotiation = negotiation;
		this.observation = observation;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ctx.pipeline().addBefore(ctx.name(), null, new RenegotiationGate(this.observation));
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
		boolean server = this.observation.target() == null;
		HandshakeReport report = new HandshakeReport(this.observation, ctx.channel(), ssl);
		ssl.handshakeFuture().addListener((future) -> {
			if (!future.isSuccess()) {
				report.failed(future.cause());
			}
			else if (report.lacksHttp2()) {
				report.failedWithoutHttp2();
			}
		});
		ctx.pipeline()
			.addAfter(ctx.pipeline().context(ssl).name(), null,
					server ? new ResumptionGate(report) : new FirstReadObserver(report));
		ctx.pipeline().remove(this);
	}

}
