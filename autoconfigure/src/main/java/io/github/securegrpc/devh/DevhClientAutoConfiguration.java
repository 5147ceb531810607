package io.github.securegrpc.devh;

import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.github.securegrpc.engine.ChannelFactoryProxy;
import io.github.securegrpc.engine.DecidedChannels;
import io.github.securegrpc.engine.Engine;
import io.github.securegrpc.engine.EngineAutoConfiguration;
import io.github.securegrpc.engine.OpenChannels;
import io.github.securegrpc.engine.SecuredSide;
import io.github.securegrpc.transport.Transports;

/**
 * Auto-configuration of net.devh's channels: its configurer runs after net.devh's own,
 * and the channels that the properties name are decided before any port opens.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EngineAutoConfiguration.class,
		afterName = "net.devh.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration")
@ConditionalOnClass(GrpcChannelConfigurer.class)
@ConditionalOnBean(GrpcChannelsProperties.class)
public final class DevhClientAutoConfiguration {

	@Bean
	DevhChannels secureGrpcDevhChannels(DecidedChannels decisions, OpenChannels open, Transports transports,
			GrpcChannelsProperties properties, Environment environment) {
		new DevhConflicts(environment).checkChannels(properties);
		return new DevhChannels(decisions, open, transports, properties);
	}

	@Bean
	SecuredSide secureGrpcDevhClientSide() {
		return new SecuredSide(SecuredSide.Side.CLIENT, Engine.DEVH, () -> SecuredSide.State.RUNS);
	}

	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcChannelGuard(DevhChannels channels) {
		return channels::prepareNamed;
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	GrpcChannelConfigurer secureGrpcChannelConfigurer(ObjectProvider<DevhChannels> channels) {
		return (builder, name) -> channels.getObject().secure(builder, name);
	}

	/* Before any other post-processor asks for a factory. */
	@Bean
	static FactoryCheck secureGrpcChannelFactoryCheck(ObjectProvider<DevhChannels> channels) {
		return new FactoryCheck(channels);
	}

	/**
	 * Looks at each channel that a factory of the application's makes, before anybody
	 * calls over it. Our own factory looks itself.
	 */
	static final class FactoryCheck implements BeanPostProcessor, PriorityOrdered {

		private final ObjectProvider<DevhChannels> channels;

		FactoryCheck(ObjectProvider<DevhChannels> channels) {
			this.channels = channels;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			if (!(bean instanceof GrpcChannelFactory)) {
				return bean;
			}
			if (name.equals(DevhChannelFactoryAutoConfiguration.SHADED)
					|| name.equals(DevhChannelFactoryAutoConfiguration.UNSHADED)) {
				return ChannelFactoryProxy.around(bean, (channel, factory, maker) -> maker.make());
			}
			return ChannelFactoryProxy.around(bean,
					(channel, factory, maker) -> this.channels.getObject().checked(channel, factory, maker));
		}

		@Override
		public int getOrder() {
			return Ordered.HIGHEST_PRECEDENCE;
		}

	}

}
