package io.github.securegrpc.boot;

import java.util.List;

import io.grpc.ManagedChannelBuilder;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.ChannelCredentialsProvider;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;

import io.github.securegrpc.engine.ChannelFactoryProxy;
import io.github.securegrpc.engine.DecidedChannels;
import io.github.securegrpc.engine.Engine;
import io.github.securegrpc.engine.EngineAutoConfiguration;
import io.github.securegrpc.engine.OpenChannels;
import io.github.securegrpc.engine.SecuredSide;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.transport.Transports;

/**
 * Auto-configuration of the channels of Spring Boot's own gRPC: its factories ask us for
 * the credentials, and the channels that the properties name are decided before any port
 * opens.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = GrpcClientAutoConfiguration.class, after = EngineAutoConfiguration.class)
@ConditionalOnClass({ GrpcChannelFactory.class, GrpcClientProperties.class })
@EnableConfigurationProperties(GrpcClientProperties.class)
public final class BootClientAutoConfiguration {

	private static final String CREDENTIALS = "secureGrpcChannelCredentials";

	@Bean
	BootChannels secureGrpcBootChannels(DecidedChannels decisions, OpenChannels open, Transports transports,
			GrpcClientProperties properties, Environment environment) {
		BootConflicts.checkChannels(environment, properties);
		return new BootChannels(decisions, open, transports, properties, environment);
	}

	@Bean
	SecuredSide secureGrpcBootClientSide(ObjectProvider<GrpcChannelFactory> factories, Environment environment) {
		return new SecuredSide(SecuredSide.Side.CLIENT, Engine.BOOT, () -> {
			if (!factories.stream().allMatch(WithinProcess::stays)) {
				return SecuredSide.State.RUNS;
			}
			boolean on = environment.getProperty("spring.grpc.client.enabled", Boolean.class, true)
					&& environment.getProperty("spring.grpc.client.channelfactory.enabled", Boolean.class, true);
			return on ? SecuredSide.State.MISSING : SecuredSide.State.SWITCHED_OFF;
		});
	}

	@Bean(CREDENTIALS)
	@ConditionalOnMissingBean
	ChannelCredentialsProvider secureGrpcChannelCredentials(ObjectProvider<BootChannels> channels) {
		return (name) -> channels.getObject().credentials(name);
	}

	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcBootChannelGuard(BootChannels channels, ListableBeanFactory beans) {
		return () -> {
			if (!beans.containsBean(CREDENTIALS)) {
				throw new RefusedException(
						"beans %s are ChannelCredentialsProvider of the application's own (expected: none, secure-grpc.client.* says how channels are secured)"
							.formatted(List.of(beans.getBeanNamesForType(ChannelCredentialsProvider.class))),
						"Remove them, and set secure-grpc.client.channels.<name>.* instead.");
			}
			if (!beans.getBeansOfType(GrpcChannelFactory.class).values().stream().allMatch(WithinProcess::stays)) {
				channels.prepare();
			}
		};
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	<T extends ManagedChannelBuilder<T>> GrpcChannelBuilderCustomizer<T> secureGrpcChannelCustomizer(
			ObjectProvider<BootChannels> channels) {
		return (name, builder) -> channels.getObject().complete(name, builder);
	}

	/* Before any other post-processor asks for a factory. */
	@Bean
	static FactoryCheck secureGrpcBootChannelFactoryCheck(ObjectProvider<BootChannels> channels) {
		return new FactoryCheck(channels);
	}

	/**
	 * Looks at each channel that a factory makes, before anybody calls over it.
	 */
	static final class FactoryCheck implements BeanPostProcessor, PriorityOrdered {

		private final ObjectProvider<BootChannels> channels;

		FactoryCheck(ObjectProvider<BootChannels> channels) {
			this.channels = channels;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			if (!(bean instanceof GrpcChannelFactory) || WithinProcess.stays(bean)) {
				return bean;
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
