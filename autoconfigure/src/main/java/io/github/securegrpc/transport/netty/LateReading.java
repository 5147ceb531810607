package io.github.securegrpc.transport.netty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/**
 * Leaves what a new connection sends with the kernel for as long as its address has to
 * wait. It holds up nobody else: no thread waits with it.
 */
final class LateReading extends ChannelOutboundHandlerAdapter {

	private final RefusalPace pace;

	private final ChannelHandler next;

	private boolean waits;

	LateReading(RefusalPace pace, ChannelHandler next) {
		this.pace = pace;
		this.next = next;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ctx.pipeline().addAfter(ctx.name(), null, this.next);
	}

	@Override
	public void read(ChannelHandlerContext ctx) {
		if (this.waits) {
			return;
		}
		Duration delay = this.pace.delay(ctx.channel().remoteAddress());
		if (delay.isZero()) {
			begin(ctx);
			return;
		}
		this.waits = true;
		ctx.executor().schedule(() -> begin(ctx), delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	private void begin(ChannelHandlerContext ctx) {
		if (!ctx.isRemoved()) {
			ctx.read();
			ctx.pipeline().remove(this);
		}
	}

}
