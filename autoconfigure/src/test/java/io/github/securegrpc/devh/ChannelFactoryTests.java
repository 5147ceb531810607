package io.github.securegrpc.devh;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannelBuilder;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import net.devh.boot.grpc.client.channelfactory.ShadedNettyChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.client.interceptor.GlobalClientInterceptorRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

/**
 * Factories of channels that are not net.devh's own.
 */
class ChannelFactoryTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@Test
	void factoryThatAsksNoConfigurerIsRefused() {
		try (ConfigurableApplicationContext context = application().with(OwnFactory.class).start()) {
			ChannelBypassTests.refuses(context,
					OwnFactory.Plain.class.getName() + " made it without the GrpcChannelConfigurer beans");
		}
	}

	@Test
	void factoryThatChangesTheBuilderAfterUsIsRefused() {
		try (ConfigurableApplicationContext context = application().with(AskingFactory.class)
			.with(ChannelBypassTests.LatePlaintext.class)
			.start()) {
			ChannelBypassTests.refuses(context, "something changed its builder after us");
		}
	}

	@Test
	void factoryIsNotVouchedForByAnother() {
		try (ConfigurableApplicationContext context = application().with(AskingFactory.class)
			.with(OwnFactory.class)
			.start()) {
			GrpcChannelFactory asking = context.getBean("askingChannels", GrpcChannelFactory.class);
			GrpcChannelFactory own = context.getBean("ownChannels", GrpcChannelFactory.class);
			for (int i = 0; i < 2; i++) {
				assertThat(asking.createChannel("self")).isNotNull();
				assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> own.createChannel("self"))
					.withMessageContaining("made it without the GrpcChannelConfigurer beans");
			}
		}
	}

	@Test
	void factoryThatNoPostProcessorHasSeenDoesNotStart() {
		assertThatThrownBy(() -> application().with(Registered.class).start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex)).hasMessageContaining("bean 'registered'")
				.hasMessageContaining("nobody would look at the channels that it makes"));
	}

	@Test
	void factoryThatAsksTheConfigurersIsServed() {
		try (ConfigurableApplicationContext context = application().with(AskingFactory.class).start()) {
			assertThat(context.getBean(ShadedNettyChannelFactory.class)).isNotNull();
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
		}
	}

	/* As a mock of a slice test does. */
	@Test
	void factoryThatMakesNoChannelIsLeftAlone() {
		try (ConfigurableApplicationContext context = application().with(MockedFactory.class).start()) {
			assertThat((Object) context.getBean(GrpcChannelFactory.class).createChannel("self")).isNull();
		}
	}

	private Application application() {
		return new Application(this.directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.client", CA)
			.channel("self");
	}

	/** net.devh's factory, as a bean of the application's. */
	@Configuration(proxyBeanMethods = false)
	static class AskingFactory {

		@Bean
		ShadedNettyChannelFactory askingChannels(GrpcChannelsProperties properties,
				GlobalClientInterceptorRegistry interceptors, List<GrpcChannelConfigurer> configurers) {
			return new ShadedNettyChannelFactory(properties, interceptors, configurers);
		}

	}

	/** Registers a factory past all post-processors. */
	static class Registered implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
			beans.registerSingleton("registered", new OwnFactory.Plain());
		}

	}

	/** A factory of a test's. */
	@Configuration(proxyBeanMethods = false)
	static class MockedFactory {

		@Bean
		GrpcChannelFactory mockedChannels() {
			return mock(GrpcChannelFactory.class);
		}

	}

	/** A factory of the application's that knows no configurers. */
	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		GrpcChannelFactory ownChannels() {
			return new Plain();
		}

		static final class Plain implements GrpcChannelFactory {

			@Override
			public Channel createChannel(String name, List<ClientInterceptor> interceptors, boolean sort) {
				return ManagedChannelBuilder.forTarget("localhost:1").usePlaintext().build();
			}

			@Override
			public Map<String, ConnectivityState> getConnectivityState() {
				return Map.of();
			}

			@Override
			public void close() {
			}

		}

	}

}
