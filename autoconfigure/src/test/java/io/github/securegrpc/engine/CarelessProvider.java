package io.github.securegrpc.engine;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;

/**
 * Makes builders that heed no credentials, before any other provider.
 */
final class CarelessProvider extends ManagedChannelProvider {

	@Override
	protected boolean isAvailable() {
		return true;
	}

	@Override
	protected int priority() {
		return 10;
	}

	@Override
	protected ManagedChannelBuilder<?> builderForAddress(String name, int port) {
		return NettyChannelBuilder.forAddress(name, port).usePlaintext();
	}

	@Override
	protected ManagedChannelBuilder<?> builderForTarget(String target) {
		return NettyChannelBuilder.forTarget(target).usePlaintext();
	}

	@Override
	protected NewChannelBuilderResult newChannelBuilder(String target, ChannelCredentials credentials) {
		return NewChannelBuilderResult.channelBuilder(builderForTarget(target));
	}

	@Override
	protected Collection<Class<? extends SocketAddress>> getSupportedSocketAddressTypes() {
		return List.of(InetSocketAddress.class);
	}

}
