package io.github.securegrpc.transport.netty;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.grpc.netty.InternalProtocolNegotiator;

/**
 * Makes the negotiator of a channel; grpc-java asks for it once, when the channel is
 * built.
 */
final class ChannelNegotiators implements InternalProtocolNegotiator.ClientFactory {

	private final CompletableFuture<Void> built = new CompletableFuture<>();

	private final int defaultPort;

	private final Supplier<InternalProtocolNegotiator.ProtocolNegotiator> maker;

	ChannelNegotiators(int defaultPort, Supplier<InternalProtocolNegotiator.ProtocolNegotiator> maker) {
		this.defaultPort = defaultPort;
		this.maker = maker;
	}

	/* Completed once a channel is built with this. */
	CompletableFuture<Void> built() {
		return this.built;
	}

	@Override
	public InternalProtocolNegotiator.ProtocolNegotiator newNegotiator() {
		this.built.complete(null);
		return this.maker.get();
	}

	@Override
	public int getDefaultPort() {
		return this.defaultPort;
	}

}
