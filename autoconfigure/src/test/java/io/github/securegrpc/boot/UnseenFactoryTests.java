package io.github.securegrpc.boot;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.ChannelCredentialsProvider;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.ShadedNettyGrpcChannelFactory;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.application.WhoCalls;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

/**
 * Channel factories of the application's that our look at beans could miss.
 */
class UnseenFactoryTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(classes = { Registered.class, Replacing.class, Early.class })
	void factoryThatNobodyLooksAtDoesNotStart(Class<?> source) {
		assertThatThrownBy(() -> application().with(source).start().close())
			.satisfies((ex) -> assertThat(StartGuards.refusal(ex))
				.hasMessageContaining("nobody would look at the channels that it makes"));
	}

	/* As of a test with @MockitoBean. */
	@Test
	void mockIsLeftAlone() {
		try (ConfigurableApplicationContext context = application().with(Mocked.class).start()) {
			assertThat(context.getBean("mocked", GrpcChannelFactory.class).createChannel("it")).isNull();
		}
	}

	@Test
	void factoryWhoseMethodsAreFinalIsRefused() {
		try (ConfigurableApplicationContext context = application().with(FinalMethods.class).start()) {
			GrpcChannelFactory factory = context.getBean("unseenFactoryTests.FinalMethods", GrpcChannelFactory.class);
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> factory.createChannel("it"))
				.withMessageContaining("the channel it does not connect the way");
		}
	}

	/* Its name is no proof that it stays within the process. */
	@Test
	void channelThatIsCalledInProcessAndIsNotIsRefused() {
		try (ConfigurableApplicationContext context = application().with(Plain.class).start()) {
			GrpcChannelFactory factory = context.getBean("unseenFactoryTests.Plain", GrpcChannelFactory.class);
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> factory.createChannel("in-process:it"))
				.withMessageContaining("the channel in-process:it does not connect the way");
		}
	}

	@Test
	void channelThatAFactoryKeepsStaysOpen() {
		Application application = application().with(WhoCalls.class)
			.with(Caching.class)
			.identity("secure-grpc.client", TestCertificates.client(CA));
		try (ConfigurableApplicationContext context = application.start()) {
			GrpcChannelFactory factory = context.getBean(GrpcChannelFactory.class);
			String target = "localhost:" + application.port();
			ManagedChannel first = factory.createChannel(target);
			assertThat(factory.createChannel(target)).isSameAs(first);
			assertThat(WhoCalls.ask(first, "Dns")).isEqualTo("dns:client");
		}
	}

	private Application application() {
		return new Application(this.directory).on(TestEngine.BOOT)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.ca("secure-grpc.client", CA);
	}

	/** Makes what it likes. */
	static class Plain implements GrpcChannelFactory {

		@Override
		public boolean supports(String target) {
			return true;
		}

		@Override
		public boolean supports(ClientInterceptor interceptor) {
			return true;
		}

		@Override
		public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
			return NettyChannelBuilder.forTarget("localhost:1").usePlaintext().build();
		}

	}

	/** Has methods that cannot be overridden. */
	static class FinalMethods implements GrpcChannelFactory {

		@Override
		public boolean supports(String target) {
			return true;
		}

		@Override
		public boolean supports(ClientInterceptor interceptor) {
			return true;
		}

		@Override
		public final ManagedChannel createChannel(String target) {
			return createChannel(target, ChannelBuilderOptions.defaults());
		}

		@Override
		public final ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
			return new Plain().createChannel(target, options);
		}

	}

	/** Registers one that no post-processor sees. */
	static class Registered implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
			beans.registerSingleton("registered", new Plain());
		}

	}

	/** Registers one that makes nothing. */
	static class Mocked implements BeanFactoryPostProcessor {

		@Override
		public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
			beans.registerSingleton("mocked", mock(GrpcChannelFactory.class));
		}

	}

	/** Puts one in the place of Spring Boot's. */
	static class Replacing implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return (bean instanceof GrpcChannelFactory) ? new Plain() : bean;
		}

	}

	/** Has one made before there are post-processors. */
	@Configuration(proxyBeanMethods = false)
	static class Early {

		@Bean
		GrpcChannelFactory early() {
			return new Plain();
		}

		@Bean
		static BeanFactoryPostProcessor asks() {
			return (beans) -> beans.getBean("early");
		}

	}

	/** Keeps the channels that it makes. */
	@Configuration(proxyBeanMethods = false)
	static class Caching {

		@Bean
		GrpcChannelFactory caching(ClientInterceptorsConfigurer interceptors, ChannelCredentialsProvider credentials) {
			CachingFactory factory = new CachingFactory(interceptors);
			factory.setCredentialsProvider(credentials);
			return factory;
		}

	}

	/** Keeps the channels that it makes. */
	static class CachingFactory extends ShadedNettyGrpcChannelFactory {

		private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

		CachingFactory(ClientInterceptorsConfigurer interceptors) {
			super(List.of(), interceptors);
		}

		@Override
		public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
			return this.channels.computeIfAbsent(target, (it) -> super.createChannel(it, options));
		}

	}

}
