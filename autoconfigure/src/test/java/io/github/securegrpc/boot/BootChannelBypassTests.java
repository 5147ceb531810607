package io.github.securegrpc.boot;

import java.nio.file.Path;
import java.util.List;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.grpc.client.autoconfigure.GrpcChannelFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.ChannelCredentialsProvider;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.DefaultGrpcChannelFactory;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.ShadedNettyGrpcChannelFactory;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.application.TestNetty;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an application puts in the place of the transport that was decided for a channel
 * of Spring Boot's own gRPC.
 */
class BootChannelBypassTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final String CHANGES = "something changes the transport security of the channel self";

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@EnumSource
	void usePlaintextOfACustomizerIsRefused(TestNetty netty) {
		Application application = application().with(UsePlaintext.class);
		try (ConfigurableApplicationContext context = application.on(netty).start()) {
			refuses(context, ChannelBuilderOptions.defaults(), CHANGES);
		}
	}

	@ParameterizedTest
	@EnumSource
	void usePlaintextOfTheCallersOptionsIsRefused(TestNetty netty) {
		Application application = application();
		try (ConfigurableApplicationContext context = application.on(netty).start()) {
			refuses(context, options(ManagedChannelBuilder::usePlaintext), CHANGES);
		}
	}

	@Test
	void negotiatorOfTheCallersOptionsIsRefused() {
		try (ConfigurableApplicationContext context = application().start()) {
			refuses(context,
					options((builder) -> InternalNettyChannelBuilder.setProtocolNegotiatorFactory(
							(NettyChannelBuilder) builder, InternalProtocolNegotiators::plaintext)),
					"the channel self");
		}
	}

	@Test
	void sslContextOfTheCallersOptionsIsRefused() {
		try (ConfigurableApplicationContext context = application().start()) {
			refuses(context, options((builder) -> ((NettyChannelBuilder) builder).sslContext(null)), CHANGES);
		}
	}

	@Test
	void serverNameOfTheCallersOptionsIsRefusedWhereAnotherIsConfigured() {
		try (ConfigurableApplicationContext context = application()
			.set("secure-grpc.client.channels.self.server-name", "ledger.internal")
			.start()) {
			refuses(context, options((builder) -> builder.overrideAuthority("localhost")),
					"would verify the name localhost", "server-name is ledger.internal");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnFactory.class, Forgetting.class, PlainFactory.class })
	void factoryThatAsksNobodyForCredentialsIsRefused(Class<?> factory) {
		try (ConfigurableApplicationContext context = application().with(factory).start()) {
			refuses(context, ChannelBuilderOptions.defaults(), "the channel self does not connect the way",
					"made it without the ChannelCredentialsProvider bean");
		}
	}

	@Test
	void providerOfTheApplicationsOwnIsRefusedByItsName() {
		assertThatThrownBy(() -> application().with(OwnProvider.class).start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("[ownProvider]"));
	}

	@Test
	void factoryThatAsksForCredentialsIsHeededAndPlainOptionsToo() {
		try (ConfigurableApplicationContext context = application().with(Asking.class).start()) {
			ManagedChannel channel = context.getBean(GrpcChannelFactory.class)
				.createChannel("self", ChannelBuilderOptions.defaults()
					.<NettyChannelBuilder>withCustomizer((name, builder) -> builder.userAgent("somebody")));
			assertThat(TestApplication.check(channel)).isEqualTo(ServingStatus.SERVING);
		}
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	private static ChannelBuilderOptions options(Change change) {
		GrpcChannelBuilderCustomizer ofAnyType = (name, builder) -> change.on(builder);
		return ChannelBuilderOptions.defaults().withCustomizer(ofAnyType);
	}

	private static void refuses(ConfigurableApplicationContext context, ChannelBuilderOptions options,
			String... messages) {
		GrpcChannelFactory factory = context.getBean(GrpcChannelFactory.class);
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> factory.createChannel("self", options))
				.satisfies((ex) -> assertThat(ex.getMessage()).contains(messages));
		}
	}

	private Application application() {
		return new Application(this.directory).on(TestEngine.BOOT)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.client", CA)
			.channel("self");
	}

	/** Does something to a builder. */
	private interface Change {

		void on(ManagedChannelBuilder<?> builder);

	}

	/** Asks for plaintext. */
	@SuppressWarnings("rawtypes")
	static class UsePlaintext implements GrpcChannelBuilderCustomizer {

		@Override
		public void customize(String name, ManagedChannelBuilder builder) {
			builder.usePlaintext();
		}

	}

	/** A factory as anybody may make it. */
	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		ShadedNettyGrpcChannelFactory own(ClientInterceptorsConfigurer interceptors) {
			return new ShadedNettyGrpcChannelFactory(List.of(), interceptors);
		}

	}

	/** Spring Boot's factory, which is told of another provider. */
	@Configuration(proxyBeanMethods = false)
	static class Forgetting {

		@Bean
		GrpcChannelFactoryCustomizer forgetting() {
			return (factory) -> {
				if (factory instanceof DefaultGrpcChannelFactory<?> known) {
					known.setCredentialsProvider(ChannelCredentialsProvider.INSECURE);
				}
			};
		}

	}

	/** A factory that makes what it likes. */
	@Configuration(proxyBeanMethods = false)
	static class PlainFactory {

		@Bean
		GrpcChannelFactory plain() {
			return new UnseenFactoryTests.Plain();
		}

	}

	/** A factory of the application's that asks. */
	@Configuration(proxyBeanMethods = false)
	static class Asking {

		@Bean
		ShadedNettyGrpcChannelFactory asking(ClientInterceptorsConfigurer interceptors,
				ChannelCredentialsProvider credentials, org.springframework.core.env.Environment environment) {
			ShadedNettyGrpcChannelFactory factory = new ShadedNettyGrpcChannelFactory(List.of(), interceptors);
			factory.setCredentialsProvider(credentials);
			factory
				.setVirtualTargets((name) -> "localhost:" + environment.getRequiredProperty("spring.grpc.server.port"));
			return factory;
		}

	}

	/** A provider of the application's. */
	@Configuration(proxyBeanMethods = false)
	static class OwnProvider {

		@Bean
		ChannelCredentialsProvider ownProvider() {
			return ChannelCredentialsProvider.INSECURE;
		}

	}

}
