package io.github.securegrpc.devh;

import java.io.IOException;
import java.util.List;

import io.grpc.Attributes;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;
import net.devh.boot.grpc.server.serverfactory.GrpcServerLifecycle;
import net.devh.boot.grpc.server.serverfactory.ShadedNettyGrpcServerFactory;
import net.devh.boot.grpc.server.service.GrpcServiceDefinition;
import net.devh.boot.grpc.server.service.GrpcServiceDiscoverer;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.TestCertificates;

/**
 * Configurations of applications that have the last word about their server's builder, or
 * the only one.
 */
final class ServerChanges {

	private static final X509Bundle TLS = TestCertificates.server(TestCertificates.authority("other"));

	private ServerChanges() {
	}

	private static void replaceTls(Object builder) {
		try {
			SslContextBuilder tls = SslContextBuilder.forServer(TLS.getKeyPair().getPrivate(),
					TLS.getCertificatePath());
			((NettyServerBuilder) builder).sslContext(GrpcSslContexts.configure(tls).build());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Replaces mutual TLS by TLS that lets in anyone. */
	static final class Late implements GrpcServerConfigurer {

		static boolean off;

		@Override
		public void accept(ServerBuilder<?> builder) {
			if (!off) {
				replaceTls(builder);
			}
		}

	}

	/** Registered after every auto-configuration, so that it is asked last. */
	@Configuration(proxyBeanMethods = false)
	static class LateConfigurer {

		@Bean
		static BeanDefinitionRegistryPostProcessor lateRegistration() {
			return (registry) -> registry.registerBeanDefinition("lateConfigurer",
					BeanDefinitionBuilder.rootBeanDefinition(Late.class).getBeanDefinition());
		}

	}

	/** Forgets all that is known of a connection. */
	static final class Forgetting implements GrpcServerConfigurer {

		@Override
		public void accept(ServerBuilder<?> builder) {
			builder.addTransportFilter(new ServerTransportFilter() {

				@Override
				public Attributes transportReady(Attributes transport) {
					return Attributes.EMPTY;
				}

			});
		}

	}

	/** Registered after every auto-configuration, so that its filter is asked last. */
	@Configuration(proxyBeanMethods = false)
	static class LateFilter {

		@Bean
		static BeanDefinitionRegistryPostProcessor lateFilterRegistration() {
			return (registry) -> registry.registerBeanDefinition("lateFilter",
					BeanDefinitionBuilder.rootBeanDefinition(Forgetting.class).getBeanDefinition());
		}

	}

	/** net.devh's factory, with the last word. */
	@Configuration(proxyBeanMethods = false)
	static class ChangingFactory {

		@Bean
		ShadedNettyGrpcServerFactory changingFactory(GrpcServerProperties properties,
				List<GrpcServerConfigurer> configurers) {
			return new ShadedNettyGrpcServerFactory(properties, configurers) {

				@Override
				protected void configure(NettyServerBuilder builder) {
					super.configure(builder);
					replaceTls(builder);
				}

			};
		}

		@Bean
		GrpcServerLifecycle changingLifecycle(GrpcServerFactory factory, GrpcServerProperties properties,
				ApplicationEventPublisher events) {
			return new GrpcServerLifecycle(factory, properties.getShutdownGracePeriod(), events);
		}

	}

	/** A factory of the application's, as net.devh's. */
	@Configuration(proxyBeanMethods = false)
	static class AskingFactory {

		@Bean
		ShadedNettyGrpcServerFactory askingFactory(GrpcServerProperties properties, GrpcServiceDiscoverer services,
				List<GrpcServerConfigurer> configurers) {
			ShadedNettyGrpcServerFactory factory = new ShadedNettyGrpcServerFactory(properties, configurers) {
			};
			services.findGrpcServices().forEach(factory::addService);
			return factory;
		}

		@Bean
		GrpcServerLifecycle askingLifecycle(GrpcServerFactory factory, GrpcServerProperties properties,
				ApplicationEventPublisher events) {
			return new GrpcServerLifecycle(factory, properties.getShutdownGracePeriod(), events);
		}

	}

	/** A factory of the application's that knows no configurers. */
	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		GrpcServerFactory ownFactory(GrpcServerProperties properties) {
			return new Plain(properties);
		}

		@Bean
		GrpcServerLifecycle ownLifecycle(GrpcServerFactory factory, GrpcServerProperties properties,
				ApplicationEventPublisher events) {
			return new GrpcServerLifecycle(factory, properties.getShutdownGracePeriod(), events);
		}

		record Plain(GrpcServerProperties properties) implements GrpcServerFactory {

			@Override
			public Server createServer() {
				return NettyServerBuilder.forPort(this.properties.getPort()).build();
			}

			@Override
			public String getAddress() {
				return this.properties.getAddress();
			}

			@Override
			public int getPort() {
				return this.properties.getPort();
			}

			@Override
			public void addService(GrpcServiceDefinition service) {
			}

		}

	}

}
