package io.github.securegrpc.devh;

import java.nio.file.Path;

import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.TestNetty;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application puts in the place of the transport that was decided for a channel.
 */
class ChannelBypassTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@EnumSource
	void plaintextNegotiatorAfterUsIsRefused(TestNetty netty) {
		Application application = application().with(LatePlaintext.class);
		try (ConfigurableApplicationContext context = application.on(netty).start()) {
			refuses(context, "something changed its builder after us");
		}
	}

	/* grpc-java heeds the negotiator that we set, whatever comes after. */
	@ParameterizedTest
	@EnumSource
	void usePlaintextAfterUsChangesNothing(TestNetty netty) {
		Application application = application().with(LateUsePlaintext.class);
		try (ConfigurableApplicationContext context = application.on(netty).start()) {
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
		}
	}

	@ParameterizedTest
	@EnumSource
	void serverNameThatIsChangedAfterUsIsRefused(TestNetty netty) {
		Application application = application().with(LateAuthority.class)
			.set("secure-grpc.client.channels.self.server-name", "ledger.internal");
		try (ConfigurableApplicationContext context = application.on(netty).start()) {
			assertThatExceptionOfType(RefusedException.class)
				.isThrownBy(() -> context.getBean(GrpcChannelFactory.class).createChannel("self"))
				.withMessageContaining("would verify the name localhost")
				.withMessageContaining("server-name is ledger.internal");
		}
	}

	static void refuses(ConfigurableApplicationContext context, String message) {
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(RefusedException.class)
				.isThrownBy(() -> context.getBean(GrpcChannelFactory.class).createChannel("self"))
				.withMessageContaining("the channel self does not connect the way that was decided")
				.withMessageContaining(message);
		}
	}

	private Application application() {
		return new Application(this.directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.client", CA)
			.channel("self");
	}

	/** Asks for plaintext. */
	static final class UsePlaintext implements GrpcChannelConfigurer {

		@Override
		public void accept(ManagedChannelBuilder<?> builder, String name) {
			builder.usePlaintext();
		}

	}

	/** Has another name verified. */
	static final class Authority implements GrpcChannelConfigurer {

		@Override
		public void accept(ManagedChannelBuilder<?> builder, String name) {
			builder.overrideAuthority("localhost");
		}

	}

	/** Makes every channel a plaintext one. */
	static final class Plaintext implements GrpcChannelConfigurer {

		@Override
		public void accept(ManagedChannelBuilder<?> builder, String name) {
			if (builder instanceof NettyChannelBuilder shaded) {
				InternalNettyChannelBuilder.setProtocolNegotiatorFactory(shaded,
						InternalProtocolNegotiators::plaintext);
			}
			else {
				io.grpc.netty.InternalNettyChannelBuilder.setProtocolNegotiatorFactory(
						(io.grpc.netty.NettyChannelBuilder) builder,
						io.grpc.netty.InternalProtocolNegotiators::plaintext);
			}
		}

	}

	/** Registered after every auto-configuration, so that it is asked last. */
	@Configuration(proxyBeanMethods = false)
	static class LateUsePlaintext {

		@Bean
		static BeanDefinitionRegistryPostProcessor lateUsePlaintextRegistration() {
			return (registry) -> registry.registerBeanDefinition("lateUsePlaintext",
					BeanDefinitionBuilder.rootBeanDefinition(UsePlaintext.class).getBeanDefinition());
		}

	}

	/** Registered after every auto-configuration, so that it is asked last. */
	@Configuration(proxyBeanMethods = false)
	static class LatePlaintext {

		@Bean
		static BeanDefinitionRegistryPostProcessor lateChannelRegistration() {
			return (registry) -> registry.registerBeanDefinition("latePlaintext",
					BeanDefinitionBuilder.rootBeanDefinition(Plaintext.class).getBeanDefinition());
		}

	}

	/** Registered after every auto-configuration, so that it is asked last. */
	@Configuration(proxyBeanMethods = false)
	static class LateAuthority {

		@Bean
		static BeanDefinitionRegistryPostProcessor lateAuthorityRegistration() {
			return (registry) -> registry.registerBeanDefinition("lateAuthority",
					BeanDefinitionBuilder.rootBeanDefinition(Authority.class).getBeanDefinition());
		}

	}

}
