package io.github.securegrpc.transport;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.securegrpc.material.SecurityClock;

/**
 * Auto-configuration of the transports, one for each Netty flavour on the class path;
 * shaded first, as the engines have it.
 *
 * @since 0.1.0
 */
@AutoConfiguration
public final class TransportAutoConfiguration {

	@Bean
	ConnectionLog secureGrpcConnectionLog(@Qualifier(SecurityClock.NAME) Clock clock) {
		return new ConnectionLog(clock);
	}

	@Bean
	HandshakeListener secureGrpcHandshakeLog(ConnectionLog log) {
		return new HandshakeLog(log);
	}

	@Bean
	Transports secureGrpcTransports(ObjectProvider<Transport> transports) {
		return new Transports(transports.orderedStream().toList());
	}

	@Bean
	@Lazy(false)
	Advisories secureGrpcAdvisories() {
		return Advisories.of(TransportAutoConfiguration.class.getClassLoader());
	}

	@Bean
	OpenConnections secureGrpcOpenConnections(OwnConnections own) {
		return new OpenConnections(own);
	}

	@Bean
	OwnConnections secureGrpcOwnConnections() {
		return new OwnConnections();
	}

	@Bean
	HandshakeListeners secureGrpcHandshakeListeners(ObjectProvider<HandshakeListener> listeners, OwnConnections own) {
		return new HandshakeListeners(() -> listeners.orderedStream().toList(), own);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder")
	static class ShadedConfiguration {

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		Transport secureGrpcShadedTransport(HandshakeListeners listeners, OpenConnections connections,
				ConnectionLog log, @Qualifier(SecurityClock.NAME) Clock clock) {
			VersionFloors.checkGrpc(io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.class);
			GrpcLoggers.guard(io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.class, clock);
			return new io.github.securegrpc.transport.shaded.NettyTransport(listeners, connections, log);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = { "io.grpc.netty.NettyServerBuilder", "io.netty.handler.ssl.SslContext" })
	static class UnshadedConfiguration {

		@Bean
		@Order(Ordered.LOWEST_PRECEDENCE)
		Transport secureGrpcNettyTransport(HandshakeListeners listeners, OpenConnections connections, ConnectionLog log,
				@Qualifier(SecurityClock.NAME) Clock clock) {
			VersionFloors.checkGrpc(io.grpc.netty.NettyServerBuilder.class);
			GrpcLoggers.guard(io.grpc.netty.NettyServerBuilder.class, clock);
			return new io.github.securegrpc.transport.netty.NettyTransport(listeners, connections, log);
		}

	}

}
