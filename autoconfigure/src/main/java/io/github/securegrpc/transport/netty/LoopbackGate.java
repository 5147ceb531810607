package io.github.securegrpc.transport.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import io.github.securegrpc.material.PrintableLog;

/**
 * Closes a plaintext connection whose other end is not on this machine, whatever its name
 * resolved to. Unix domain sockets are on this machine.
 */
final class LoopbackGate extends ChannelInboundHandlerAdapter {

	private static final PrintableLog logger = PrintableLog.of("io.github.securegrpc.handshake");

	private final ChannelHandler negotiation;

	LoopbackGate(ChannelHandler negotiation) {
		this.negotiation = negotiation;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		if (ctx.channel().isActive() && !isLocal(ctx.channel().remoteAddress())) {
			refuse(ctx);
			return;
		}
		ctx.pipeline().addAfter(ctx.name(), null, this.negotiation);
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		if (!isLocal(ctx.channel().remoteAddress())) {
			refuse(ctx);
			return;
		}
		ctx.fireChannelActive();
		ctx.pipeline().remove(this);
	}

	private static boolean isLocal(SocketAddress address) {
		return !(address instanceof InetSocketAddress inet)
				|| (inet.getAddress() != null && inet.getAddress().isLoopbackAddress());
	}

	private static void refuse(ChannelHandlerContext ctx) {
		logger.warn("Closed a plaintext connection with %s: plaintext is loopback"
			.formatted(ctx.channel().remoteAddress()));
		ctx.close();
	}

}
