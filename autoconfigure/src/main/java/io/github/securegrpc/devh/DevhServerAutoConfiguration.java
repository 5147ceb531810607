package io.github.securegrpc.devh;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.github.securegrpc.engine.Engine;
import io.github.securegrpc.engine.EngineAutoConfiguration;
import io.github.securegrpc.engine.SecuredServer;
import io.github.securegrpc.engine.SecuredServers;
import io.github.securegrpc.engine.SecuredSide;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.server.ListeningServer;

/**
 * Auto-configuration of net.devh's server: its configurer runs after net.devh's own, and
 * a guard decides before any port opens.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = EngineAutoConfiguration.class,
		afterName = "net.devh.boot.grpc.server.autoconfigure.GrpcServerFactoryAutoConfiguration")
@ConditionalOnClass(GrpcServerFactory.class)
public final class DevhServerAutoConfiguration {

	private static final String SERVER = "secureGrpcDevhServer";

	private static final String CONFIGURER = "secureGrpcServerConfigurer";

	@Bean(SERVER)
	@Lazy
	SecuredServer secureGrpcDevhServer(SecuredServers servers, GrpcServerProperties properties,
			Environment environment) {
		new DevhConflicts(environment).checkServer(properties);
		return servers.decide(properties.getAddress(), "grpc.server.port=-1");
	}

	@Bean
	SecuredSide secureGrpcDevhServerSide(ObjectProvider<GrpcServerFactory> factories, Environment environment) {
		return new SecuredSide(SecuredSide.Side.SERVER, Engine.DEVH, () -> {
			if (factories.stream().anyMatch(DevhFactories::opensPort)) {
				return SecuredSide.State.RUNS;
			}
			return (environment.getProperty("grpc.server.port", Integer.class, 0) == -1)
					? SecuredSide.State.SWITCHED_OFF : SecuredSide.State.MISSING;
		});
	}

	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcServerGuard(ConfigurableListableBeanFactory beans,
			@Qualifier(SERVER) ObjectProvider<SecuredServer> server) {
		return () -> {
			Map<String, GrpcServerFactory> factories = toBeSecured(beans, GrpcServerFactory.class);
			factories.values().removeIf((factory) -> !DevhFactories.opensPort(factory));
			if (!factories.isEmpty()) {
				server.getObject().prepare();
				factories.forEach((bean, factory) -> DevhFactories.check(bean, factory, server.getObject()));
			}
		};
	}

	@Bean
	FirstServerConfigurer secureGrpcFirstServerConfigurer(@Qualifier(SERVER) ObjectProvider<SecuredServer> server) {
		return new FirstServerConfigurer((builder) -> server.getObject().begin(builder));
	}

	@Bean(CONFIGURER)
	@Order(Ordered.LOWEST_PRECEDENCE)
	GrpcServerConfigurer secureGrpcServerConfigurer(@Qualifier(SERVER) ObjectProvider<SecuredServer> server) {
		return (builder) -> {
			if (!SecuredServer.isInProcess(builder)) {
				server.getObject().secure(builder);
			}
		};
	}

	@Bean
	GenericApplicationListener secureGrpcUnknownMethods(PeerRules peers) {
		return GenericApplicationListener.forEventType(GrpcServerStartedEvent.class,
				(event) -> peers.warnOfUnknown(SecuredServer.methods(event.getServer())));
	}

	@Bean
	ApplicationListener<GrpcServerStartedEvent> secureGrpcServerStarted(ListeningServer listening,
			@Qualifier(SERVER) ObjectProvider<SecuredServer> server, ListableBeanFactory beans) {
		return (event) -> {
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
		return Stream.of(GrpcServerFactory.class, GrpcServerConfigurer.class)
			.flatMap((type) -> BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type).entrySet().stream())
			.filter((bean) -> !bean.getKey().equals(CONFIGURER))
			.map((bean) -> "bean '%s' of %s".formatted(bean.getKey(), bean.getValue().getClass().getName()))
			.toList();
	}

}
