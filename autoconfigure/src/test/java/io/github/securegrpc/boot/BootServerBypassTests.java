package io.github.securegrpc.boot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;
import org.springframework.grpc.server.ShadedNettyGrpcServerFactory;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycle;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestEngine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an application puts in the place of the transport that was decided for its server
 * on Spring Boot's own gRPC.
 */
class BootServerBypassTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle IDENTITY = TestCertificates.server(CA);

	@TempDir
	Path directory = Path.of("");

	@Test
	void factoryOfTheApplicationIsRefusedBeforeAPortOpens() throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Application application = application().with(OwnFactory.class)
				.set("grpc.server.port", taken.getLocalPort());
			assertThatThrownBy(() -> application.start().close())
				.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("bean 'ownFactory'")
					.hasMessageContaining(ShadedNettyGrpcServerFactory.class.getName())
					.hasMessageContaining("would not be secured"));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnTls.class, OwnTransportSecurity.class })
	void otherTlsOfACustomizerIsRefusedByItsName(Class<?> change) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Application application = application().with(change).set("grpc.server.port", taken.getLocalPort());
			assertThatThrownBy(() -> application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("the ServerBuilderCustomizer " + change.getName() + " changes"));
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnLifecycle.class, SilentLifecycle.class })
	void lifecycleWithAFactoryOfItsOwnIsRefusedBeforeAPortOpens(Class<?> lifecycle) throws IOException {
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Application application = application().with(lifecycle).set("grpc.server.port", taken.getLocalPort());
			assertThatThrownBy(() -> application.start().close())
				.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("bean 'ownLifecycle'")
					.hasMessageContaining("would not be secured"));
		}
	}

	@Test
	void lifecycleThatAPostProcessorPutsInThePlaceOfOursIsRefused() {
		assertThatThrownBy(() -> application().with(Replacing.class).start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("GrpcServerLifecycle'")
				.hasMessageContaining("would not be secured"));
	}

	@Test
	void serverOfALifecycleThatBuildsItItselfIsRefusedByItsName() {
		Application application = application().with(OwnServer.class);
		assertThatThrownBy(() -> application.start().close()).satisfies((ex) -> assertThat(StartGuards.refusal(ex))
			.hasMessageContaining("does not make its connections the way that was decided")
			.hasMessageContaining("bean 'shadedNettyGrpcServerLifecycle' of " + OwnServer.class.getName()));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), application.port()).close());
	}

	private Application application() {
		return new Application(this.directory).on(TestEngine.BOOT)
			.identity("secure-grpc.server", IDENTITY)
			.ca("secure-grpc.server", CA);
	}

	/** Spring Boot's factory as anybody may make it. */
	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		ShadedNettyGrpcServerFactory ownFactory(GrpcServerProperties properties) {
			return new ShadedNettyGrpcServerFactory("127.0.0.1:" + properties.getPort(), List.of(), null, null, null);
		}

	}

	/** Lets in anyone. */
	static class OwnTls implements ServerBuilderCustomizer<NettyServerBuilder> {

		@Override
		public void customize(NettyServerBuilder builder) {
			try {
				SslContextBuilder tls = SslContextBuilder.forServer(IDENTITY.getKeyPair().getPrivate(),
						IDENTITY.getCertificatePath());
				builder.sslContext(GrpcSslContexts.configure(tls).build());
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

	/** Lets in anyone, whichever builder it is. */
	@SuppressWarnings("rawtypes")
	static class OwnTransportSecurity implements ServerBuilderCustomizer {

		@Override
		public void customize(ServerBuilder builder) {
			builder.useTransportSecurity(
					new ByteArrayInputStream(TestCertificates.pem(IDENTITY.getCertificatePath()).getBytes(UTF_8)),
					new ByteArrayInputStream(TestCertificates.pem(IDENTITY.getKeyPair().getPrivate()).getBytes(UTF_8)));
		}

	}

	/** Starts a server that nobody knows. */
	@Configuration(proxyBeanMethods = false)
	static class OwnLifecycle {

		@Bean
		GrpcServerLifecycle ownLifecycle(GrpcServerProperties properties, ApplicationEventPublisher events) {
			return new GrpcServerLifecycle(new OwnFactory().ownFactory(properties), Duration.ZERO, events);
		}

	}

	/** The same, and nobody hears of it. */
	@Configuration(proxyBeanMethods = false)
	static class SilentLifecycle {

		@Bean
		GrpcServerLifecycle ownLifecycle(GrpcServerProperties properties) {
			return new OwnLifecycle().ownLifecycle(properties, (event) -> {
			});
		}

	}

	/** Starts another server than ours. */
	static class Replacing implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof GrpcServerLifecycle)
					? new OwnLifecycle().ownLifecycle(new GrpcServerProperties(), (event) -> {
					}) : bean;
		}

	}

	/** Has our factory, and starts another server. */
	@Configuration(proxyBeanMethods = false)
	static class OwnServer {

		@Bean
		GrpcServerLifecycle shadedNettyGrpcServerLifecycle(GrpcServerFactory factory, GrpcServerProperties properties,
				ApplicationEventPublisher events) {
			int port = Objects.requireNonNull(properties.getPort());
			return new GrpcServerLifecycle(factory, Duration.ZERO, events) {

				@Override
				public void start() {
					try {
						Server server = NettyServerBuilder
							.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
							.build()
							.start();
						events.publishEvent(new GrpcServerStartedEvent(this, server, "127.0.0.1", port));
					}
					catch (IOException ex) {
						throw new UncheckedIOException(ex);
					}
				}

			};
		}

	}

}
