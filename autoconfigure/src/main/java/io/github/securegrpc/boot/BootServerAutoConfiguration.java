package io.github.securegrpc.boot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.grpc.BindableService;
import io.grpc.CompressorRegistry;
import io.grpc.DecompressorRegistry;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.server.GrpcServletRegistration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerFactoryCustomizer;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerServicesAutoConfiguration;
import org.springframework.boot.grpc.server.autoconfigure.health.GrpcServerHealthAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.InProcessGrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;
import org.springframework.grpc.server.service.GrpcServiceConfigurer;
import org.springframework.grpc.server.service.GrpcServiceDiscoverer;

import io.github.securegrpc.engine.Engine;
import io.github.securegrpc.engine.EngineAutoConfiguration;
import io.github.securegrpc.engine.SecuredServer;
import io.github.securegrpc.engine.SecuredServers;
import io.github.securegrpc.engine.SecuredSide;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.server.ListeningServer;

/**
 * Auto-configuration of the server of Spring Boot's own gRPC: a factory of ours takes the
 * place of Spring Boot's, and what was decided is tried before a port opens. It comes
 * right before Spring Boot's, whose server is there for services of other libraries, too.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(before = GrpcServerAutoConfiguration.class,
		after = { EngineAutoConfiguration.class, GrpcServerServicesAutoConfiguration.class,
				GrpcServerHealthAutoConfiguration.class })
@ConditionalOnClass({ GrpcServerFactory.class, GrpcServerProperties.class })
@EnableConfigurationProperties(GrpcServerProperties.class)
public final class BootServerAutoConfiguration {

	private static final String SERVER = "secureGrpcBootServer";

	@Bean(SERVER)
	@Lazy
	SecuredServer secureGrpcBootServer(SecuredServers servers, GrpcServerProperties properties,
			Environment environment) {
		BootConflicts.checkServer(environment, properties);
		return servers.decide(ListenAddress.of(properties).host(), "spring.grpc.server.enabled=false");
	}

	@Bean
	SecuredSide secureGrpcBootServerSide(ObjectProvider<GrpcServerFactory> factories, Environment environment) {
		return new SecuredSide(SecuredSide.Side.SERVER, Engine.BOOT, () -> {
			List<GrpcServerFactory> all = factories.stream().toList();
			if (!all.stream().allMatch(WithinProcess::stays)) {
				return SecuredSide.State.RUNS;
			}
			boolean on = all.isEmpty() && environment.getProperty("spring.grpc.server.enabled", Boolean.class, true)
					&& environment.getProperty("spring.grpc.server.factory.enabled", Boolean.class, true);
			return on ? SecuredSide.State.MISSING : SecuredSide.State.SWITCHED_OFF;
		});
	}

	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcBootServerGuard(ConfigurableListableBeanFactory beans,
			@Qualifier(SERVER) ObjectProvider<SecuredServer> server) {
		return () -> {
			Map<String, GrpcServerFactory> factories = toBeSecured(beans, GrpcServerFactory.class);
			factories.values().removeIf(WithinProcess::stays);
			factories.forEach(BootFactories::check);
			toBeSecured(beans, GrpcServerLifecycle.class)
				.forEach((bean, lifecycle) -> BootFactories.check(bean, lifecycle.getFactory()));
			if (!factories.isEmpty()) {
				server.getObject().prepare();
			}
		};
	}

	@Bean
	ApplicationListener<GrpcServerStartedEvent> secureGrpcBootServerStarted(ListeningServer listening, PeerRules peers,
			@Qualifier(SERVER) ObjectProvider<SecuredServer> server, ListableBeanFactory beans) {
		return (event) -> {
			peers.warnOfUnknown(SecuredServer.methods(event.getServer()));
			if (!SecuredServer.isProven(event.getServer())
					&& event.getServer().getListenSockets().stream().noneMatch(SecuredServer::isInProcess)) {
				server.getObject().started(event.getServer(), suspects(beans));
				listening.started(event.getServer());
			}
		};
	}

	/* Of this context, and of a parent that does not secure them itself. */
	private static <T> Map<String, T> toBeSecured(ConfigurableListableBeanFactory beans, Class<T> type) {
		BeanFactory parent = beans.getParentBeanFactory();
		boolean own = parent != null && parent.containsBean(SecuredSide.GUARD);
		return new LinkedHashMap<>(
				own ? beans.getBeansOfType(type) : BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type));
	}

	private static List<String> suspects(ListableBeanFactory beans) {
		return Stream.of(GrpcServerLifecycle.class, ServerBuilderCustomizer.class)
			.flatMap((type) -> BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type).entrySet().stream())
			.map((bean) -> "bean '%s' of %s".formatted(bean.getKey(), bean.getValue().getClass().getName()))
			.toList();
	}

	/**
	 * The factory, where Spring Boot would make one.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(BindableService.class)
	@ConditionalOnBooleanProperty(name = { "spring.grpc.server.enabled", "spring.grpc.server.factory.enabled" },
			matchIfMissing = true)
	@ConditionalOnMissingBean(value = { GrpcServerFactory.class, GrpcServletRegistration.class },
			ignored = InProcessGrpcServerFactory.class)
	@Conditional(OutsideServletCondition.class)
	static class FactoryConfiguration {

		@Bean
		@Lazy
		ServerBuilderSettings secureGrpcServerBuilderSettings(@Qualifier(SERVER) SecuredServer server,
				GrpcServerProperties properties, ObjectProvider<CompressorRegistry> compressors,
				ObjectProvider<DecompressorRegistry> decompressors, ObjectProvider<GrpcServerExecutorProvider> executor,
				ObjectProvider<ServerBuilderCustomizer<?>> customizers) {
			return new ServerBuilderSettings(ListenAddress.of(properties).toString(), server, properties,
					new ServerBuilderSettings.Beans(compressors.getIfAvailable(), decompressors.getIfAvailable(),
							executor.getIfAvailable(), customizers.orderedStream().toList()));
		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(name = "io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder")
		static class ShadedConfiguration {

			@Bean
			SecureShadedServerFactory secureGrpcShadedServerFactory(ServerBuilderSettings settings,
					GrpcServiceDiscoverer services, GrpcServiceConfigurer configurer,
					ObjectProvider<GrpcServerFactoryCustomizer> customizers) {
				return BootFactories.complete(new SecureShadedServerFactory(settings), services, configurer,
						customizers.orderedStream().toList());
			}

			@Bean
			@ConditionalOnMissingBean(name = "shadedNettyGrpcServerLifecycle")
			GrpcServerLifecycle shadedNettyGrpcServerLifecycle(SecureShadedServerFactory factory,
					GrpcServerProperties properties, ApplicationEventPublisher publisher) {
				return new GrpcServerLifecycle(factory, properties.getShutdown().getGracePeriod(), publisher);
			}

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnClass(name = { "io.grpc.netty.NettyServerBuilder", "io.netty.channel.Channel" })
		@ConditionalOnMissingClass("io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder")
		static class UnshadedConfiguration {

			@Bean
			SecureNettyServerFactory secureGrpcNettyServerFactory(ServerBuilderSettings settings,
					GrpcServiceDiscoverer services, GrpcServiceConfigurer configurer,
					ObjectProvider<GrpcServerFactoryCustomizer> customizers) {
				return BootFactories.complete(new SecureNettyServerFactory(settings), services, configurer,
						customizers.orderedStream().toList());
			}

			@Bean
			@ConditionalOnMissingBean(name = "nettyGrpcServerLifecycle")
			GrpcServerLifecycle nettyGrpcServerLifecycle(SecureNettyServerFactory factory,
					GrpcServerProperties properties, ApplicationEventPublisher publisher) {
				return new GrpcServerLifecycle(factory, properties.getShutdown().getGracePeriod(), publisher);
			}

		}

	}

	/**
	 * Matches where Spring Boot does not serve gRPC in the servlet container, which owns
	 * the TLS there.
	 */
	static final class OutsideServletCondition extends NoneNestedConditions {

		OutsideServletCondition() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		/** Where Spring Boot does. */
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@ConditionalOnClass(name = "io.grpc.servlet.jakarta.GrpcServlet")
		@ConditionalOnBooleanProperty(name = "spring.grpc.server.servlet.enabled", matchIfMissing = true)
		static class Servlet {

		}

	}

}
