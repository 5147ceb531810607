package io.github.securegrpc.devh;

import java.time.Clock;

import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.peer.PeerAutoConfiguration;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.server.ListenerInterceptor;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.server.ServerRules;
import io.github.securegrpc.server.ServerTlsAutoConfiguration;
import io.github.securegrpc.transport.TransportAutoConfiguration;
import io.github.securegrpc.transport.Transports;

/**
 * Auto-configuration of net.devh's server: its configurer runs after net.devh's own, and
 * a guard decides before any port opens.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
		after = { ServerTlsAutoConfiguration.class, TransportAutoConfiguration.class, PeerAutoConfiguration.class },
		afterName = "net.devh.boot.grpc.server.autoconfigure.GrpcServerFactoryAutoConfiguration")
@ConditionalOnClass(GrpcServerFactory.class)
public final class DevhServerAutoConfiguration {

	@Bean
	@Lazy
	DevhServer secureGrpcDevhServer(ServerRules rules, Transports transports, TlsProperties defaults,
			GrpcServerProperties properties, PeerRules peers, @Qualifier(SecurityClock.NAME) Clock clock) {
		new DevhConflicts().check(properties);
		return new DevhServer(rules.decide(properties.getAddress(), "grpc.server.port=-1"), transports,
				new TransportSettings(defaults, clock), peers);
	}

	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcServerGuard(ObjectProvider<GrpcServerFactory> factories,
			ObjectProvider<DevhServer> server) {
		return () -> {
			if (factories.stream().anyMatch(DevhServer::opensPort)) {
				server.getObject().prepare();
			}
		};
	}

	@Bean
	FirstServerConfigurer secureGrpcFirstServerConfigurer(ObjectProvider<DevhServer> server) {
		return new FirstServerConfigurer((builder) -> server.getObject().begin(builder));
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	GrpcServerConfigurer secureGrpcServerConfigurer(ObjectProvider<DevhServer> server,
			ObjectProvider<ListenerInterceptor> interceptors) {
		return (builder) -> {
			if (!DevhServer.isInProcess(builder)) {
				interceptors.orderedStream().forEach(builder::intercept);
				server.getObject().secure(builder);
			}
		};
	}

	@Bean
	GenericApplicationListener secureGrpcUnknownMethods(PeerRules peers) {
		return GenericApplicationListener.forEventType(GrpcServerStartedEvent.class,
				(event) -> peers.warnOfUnknown(DevhServer.methods(event.getServer())));
	}

	@Bean
	ApplicationListener<GrpcServerStartedEvent> secureGrpcServerStarted(ListeningServer server,
			ObjectProvider<DevhServer> secured) {
		return (event) -> {
			if (event.getServer().getListenSockets().stream().noneMatch(DevhServer::isInProcess)) {
				server.started(event.getServer());
				secured.getObject().started(event.getServer());
			}
		};
	}

	/**
	 * A web server that takes the gRPC server's bundle is made before the guard runs.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebServerFactoryCustomizer.class)
	@ConditionalOnProperty(name = "server.ssl.bundle", havingValue = "secure-grpc-server")
	static class WebServerConfiguration {

		@Bean
		WebServerFactoryCustomizer<WebServerFactory> secureGrpcBundleForWebServer(ObjectProvider<DevhServer> server) {
			return (factory) -> server.getObject();
		}

	}

}
