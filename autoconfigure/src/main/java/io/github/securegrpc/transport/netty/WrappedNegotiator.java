package io.github.securegrpc.transport.netty;

import java.util.function.UnaryOperator;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.netty.channel.ChannelHandler;
import io.netty.util.AsciiString;

/**
 * A protocol negotiator of grpc-java with a handler of ours in front of its own: the one
 * place where a handshake and its connection are seen together.
 */
final class WrappedNegotiator implements InternalProtocolNegotiator.ProtocolNegotiator {

	private final InternalProtocolNegotiator.ProtocolNegotiator delegate;

	private final UnaryOperator<ChannelHandler> wrapper;

	WrappedNegotiator(InternalProtocolNegotiator.ProtocolNegotiator delegate, UnaryOperator<ChannelHandler> wrapper) {
		this.delegate = delegate;
		this.wrapper = wrapper;
	}

	@Override
	public AsciiString scheme() {
		return this.delegate.scheme();
	}

	@Override
	public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpcHandler) {
		return this.wrapper.apply(this.delegate.newHandler(grpcHandler));
	}

	@Override
	public void close() {
		this.delegate.close();
	}

}
