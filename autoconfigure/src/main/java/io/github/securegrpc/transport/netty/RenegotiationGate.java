package io.github.securegrpc.transport.netty;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeResult;

/**
 * Ends a connection whose peer begins a second handshake, a connection error of HTTP/2
 * (RFC 9113, 9.2.1): the JDK would go along, and the peer might be another afterwards. It
 * reads the types of the records before TLS does. In TLS 1.2 a peer sends its cipher
 * change, then one handshake record, its Finished, and never one again; in TLS 1.3 what
 * is encrypted bears the type of application data.
 */
final class RenegotiationGate extends ChannelInboundHandlerAdapter {

	private static final int CHANGE_CIPHER_SPEC = 20;

	private static final int HANDSHAKE = 22;

	private static final int APPLICATION_DATA = 23;

	private static final int HEADER_LENGTH = 5;

	private final Observation observation;

	private int header;

	private int body;

	private boolean cipherChanged;

	private boolean finished;

	private boolean spoke;

	private boolean isShut;

	RenegotiationGate(Observation observation) {
		this.observation = observation;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (!this.isShut && message instanceof ByteBuf bytes && renegotiates(ctx, bytes)) {
			this.isShut = true;
			refuse(ctx);
		}
		if (this.isShut) {
			ReferenceCountUtil.release(message);
		}
		else {
			ctx.fireChannelRead(message);
		}
	}

	/* Follows the records, each with a header of type, version and length. */
	private boolean renegotiates(ChannelHandlerContext ctx, ByteBuf bytes) {
		int index = bytes.readerIndex();
		while (index < bytes.writerIndex()) {
			if (this.header == HEADER_LENGTH && this.body > 0) {
				int skipped = Math.min(this.body, bytes.writerIndex() - index);
				this.body -= skipped;
				index += skipped;
				continue;
			}
			if (this.header == HEADER_LENGTH) {
				this.header = 0;
			}
			int next = bytes.getUnsignedByte(index++);
			if (this.header == 0 && isSecondHandshake(ctx, next)) {
				return true;
			}
			this.header++;
			this.body = ((this.body << Byte.SIZE) & 0xFF00) | next;
		}
		return false;
	}

	private boolean isSecondHandshake(ChannelHandlerContext ctx, int type) {
		boolean second = type == HANDSHAKE && (this.spoke || (this.finished && isTls12(ctx)));
		this.finished |= type == HANDSHAKE && this.cipherChanged;
		this.cipherChanged |= type == CHANGE_CIPHER_SPEC;
		this.spoke |= type == APPLICATION_DATA;
		return second;
	}

	/*
	 * In TLS 1.3 a second ClientHello may come in several records after a cipher change.
	 */
	private static boolean isTls12(ChannelHandlerContext ctx) {
		SSLEngine engine = ctx.pipeline().get(SslHandler.class).engine();
		SSLSession session = engine.getHandshakeSession();
		return "TLSv1.2".equals(((session != null) ? session : engine.getSession()).getProtocol());
	}

	private void refuse(ChannelHandlerContext ctx) {
		SslHandler ssl = ctx.pipeline().get(SslHandler.class);
		String detail = "the peer began a second handshake in TLS 1.2 (renegotiation is an error in HTTP/2)";
		this.observation.listener()
			.completed(new Handshake(this.observation.target(), ctx.channel().remoteAddress(),
					this.observation.context().trust(ssl.engine()).generation(),
					new Handshake.Failed(HandshakeResult.UNEXPECTED_MESSAGE, detail)));
		// GOAWAY, and the end of the connection; before there is HTTP/2, only that
		ctx.pipeline()
			.context(ssl)
			.fireExceptionCaught(Http2Exception.connectionError(Http2Error.PROTOCOL_ERROR, detail));
	}

}
