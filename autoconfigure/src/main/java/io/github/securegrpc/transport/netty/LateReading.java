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

	private boolean wanted;

	LateReading(RefusalPace pace, ChannelHandler next) {
		this.pace = pace;
		this.next = next;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		Duration delay = this.pace.delay(ctx.channel().remoteAddress());
		if (!delay.isZero()) {
			this.waits = true;
			ctx.executor().schedule(() -> begin(ctx), delay.toNanos(), TimeUnit.NANOSECONDS);
		}
		ctx.pipeline().addAfter(ctx.name(), null, this.next);
	}

	@Override
	public void read(ChannelHandlerContext ctx) {
		this.wanted = true;
		if (!this.waits) {
			begin(ctx);
		}
	}

	private void begin(ChannelHandlerContext ctx) {
		this.waits = false;
		if (ctx.isRemoved()) {
			return;
		}
		if (this.wanted) {
			ctx.read();
			ctx.pipeline().remove(this);
		}
	}

}
