package io.github.securegrpc.transport.netty;

import java.security.cert.CertificateException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Ends, on a server's connection, the handshake of a resumed session as a full one would
 * have ended now: its client is judged, and refused before any call.
 */
final class ResumptionGate extends ChannelInboundHandlerAdapter {

	private final HandshakeReport report;

	ResumptionGate(HandshakeReport report) {
		this.report = report;
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (!(event instanceof SslHandshakeCompletionEvent end) || !end.isSuccess()) {
			ctx.fireUserEventTriggered(event);
			return;
		}
		CertificateException objection = this.report.objection();
		if (objection != null) {
			this.report.failed(objection);
			ctx.fireUserEventTriggered(new SslHandshakeCompletionEvent(objection));
		}
		else {
			this.report.completed();
			ctx.fireUserEventTriggered(event);
			ctx.pipeline().remove(this);
		}
	}

}
