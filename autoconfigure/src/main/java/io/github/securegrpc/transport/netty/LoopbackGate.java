package io.github.securegrpc.transport.netty;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import io.github.securegrpc.text.Printable;

/**
 * Closes a plaintext connection whose other end is not on this machine, whatever its name
 * resolved to. Unix domain sockets are on this machine.
 */
final class LoopbackGate extends ChannelInboundHandlerAdapter {

	private final ChannelHandler negotiation;

	private final BiConsumer<SocketAddress, Supplier<String>> log;

	LoopbackGate(ChannelHandler negotiation, BiConsumer<SocketAddress, Supplier<String>> log) {
		this.negotiation = negotiation;
		this.log = log;
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

	private void refuse(ChannelHandlerContext ctx) {
		SocketAddress peer = ctx.channel().remoteAddress();
		this.log.accept(peer, () -> "Closed a plaintext connection with %s: plaintext is loopback"
			.formatted(Printable.address(peer)));
		ctx.close();
	}

}
