package io.github.securegrpc.devh;

import java.util.List;
import java.util.function.Supplier;

import io.grpc.ManagedChannel;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.ShadedNettyChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.client.interceptor.GlobalClientInterceptorRegistry;

/**
 * net.devh's factory for shaded Netty, whose channels are known to us, so that they can
 * connect anew after a rotation.
 */
final class RotatingShadedChannelFactory extends ShadedNettyChannelFactory {

	private final Supplier<DevhChannels> channels;

	RotatingShadedChannelFactory(GrpcChannelsProperties properties, GlobalClientInterceptorRegistry interceptors,
			List<GrpcChannelConfigurer> configurers, Supplier<DevhChannels> channels) {
		super(properties, interceptors, configurers);
		this.channels = channels;
	}

	@Override
	protected ManagedChannel newManagedChannel(String name) {
		return this.channels.get().open(name, this, () -> super.newManagedChannel(name));
	}

}
