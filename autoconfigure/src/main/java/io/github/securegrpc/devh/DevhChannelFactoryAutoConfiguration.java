package io.github.securegrpc.devh;

import java.util.List;

import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import net.devh.boot.grpc.client.channelfactory.InProcessChannelFactory;
import net.devh.boot.grpc.client.channelfactory.InProcessOrAlternativeChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.client.interceptor.GlobalClientInterceptorRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Auto-configuration of the factory of net.devh's channels, in place of the engine's own,
 * which keeps its channels to itself. An application's own factory stays: its channels
 * use a rotated certificate from their next connection on.
 *
 * @since 0.1.0
 */
@AutoConfiguration(beforeName = "net.devh.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration")
@ConditionalOnClass(GrpcChannelFactory.class)
public final class DevhChannelFactoryAutoConfiguration {

	static final String SHADED = "secureGrpcShadedChannelFactory";

	static final String UNSHADED = "secureGrpcNettyChannelFactory";

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder")
	static class ShadedConfiguration {

		@Bean(SHADED)
		@Lazy
		@ConditionalOnMissingBean(GrpcChannelFactory.class)
		GrpcChannelFactory secureGrpcShadedChannelFactory(GrpcChannelsProperties properties,
				GlobalClientInterceptorRegistry interceptors, List<GrpcChannelConfigurer> configurers,
				ObjectProvider<DevhChannels> channels) {
			return new InProcessOrAlternativeChannelFactory(properties,
					new InProcessChannelFactory(properties, interceptors, configurers),
					new RotatingShadedChannelFactory(properties, interceptors, configurers, channels::getObject));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { "io.grpc.netty.NettyChannelBuilder", "io.netty.channel.Channel" })
	@ConditionalOnMissingClass("io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder")
	static class UnshadedConfiguration {

		@Bean(UNSHADED)
		@Lazy
		@ConditionalOnMissingBean(GrpcChannelFactory.class)
		GrpcChannelFactory secureGrpcNettyChannelFactory(GrpcChannelsProperties properties,
				GlobalClientInterceptorRegistry interceptors, List<GrpcChannelConfigurer> configurers,
				ObjectProvider<DevhChannels> channels) {
			return new InProcessOrAlternativeChannelFactory(properties,
					new InProcessChannelFactory(properties, interceptors, configurers),
					new RotatingNettyChannelFactory(properties, interceptors, configurers, channels::getObject));
		}

	}

}
