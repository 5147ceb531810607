package io.github.securegrpc.transport.netty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/**
 * Leaves what a new connection sends with the kernel for as long as its address has to
 * wait. It holds up nobody else: no thread waits with it. Whoever sends its last byte
 * before that is read unasked, and closed: it does not wait for an answer.
 */
final class LateReading extends ChannelDuplexHandler {

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

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (this.waits) {
			ReferenceCountUtil.release(message);
			ctx.close();
		}
		else {
			ctx.fireChannelRead(message);
		}
	}

	private void begin(ChannelHandlerContext ctx) {
		if (!ctx.isRemoved()) {
			ctx.read();
			ctx.pipeline().remove(this);
		}
	}

}
