package io.github.securegrpc.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.ChannelCredentialsProvider;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.CompositeGrpcChannelFactory;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.NettyGrpcChannelFactory;
import org.springframework.grpc.client.ShadedNettyGrpcChannelFactory;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.application.TestNetty;
import io.github.securegrpc.application.WhoCalls;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * By which names Spring Boot's own gRPC makes channels, and that all of them are secured.
 */
class BootChannelTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = { "named", "default", "static://localhost:%d", "localhost:%d", "dns:///localhost:%d",
			"tcp://localhost:%d" })
	void channelOfAnyNameIsMutual(String name) {
		Application application = application();
		try (ConfigurableApplicationContext context = application.channel("named").channel("default").start()) {
			String target = name.formatted(application.port());
			ManagedChannel channel = context.getBean(GrpcChannelFactory.class).createChannel(target);
			assertThat(WhoCalls.ask(channel, "Dns")).isEqualTo("dns:client");
		}
	}

	/* Else it would pass whatever the server is. */
	@ParameterizedTest
	@ValueSource(strings = { "named", "default", "localhost:%d" })
	void channelOfAnyNameDoesNotTrustAStranger(String name) {
		Application application = application().ca("secure-grpc.client", TestCertificates.authority("other"));
		try (ConfigurableApplicationContext context = application.channel("named").channel("default").start()) {
			ManagedChannel channel = context.getBean(GrpcChannelFactory.class)
				.createChannel(name.formatted(application.port()));
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> WhoCalls.ask(channel, "Dns"))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE))
				.withMessageContaining("is not among the 1 trust anchors");
		}
	}

	@Test
	void unnamedTargetElsewhereIsNoPlaintextChannel() {
		try (ConfigurableApplicationContext context = application().start()) {
			assertThatExceptionOfType(RefusedException.class)
				.isThrownBy(() -> context.getBean(GrpcChannelFactory.class).createChannel("static://127.0.0.1:1,b:2"))
				.withMessageContaining("which grpc-java does not resolve");
		}
	}

	@Test
	void compositeMakesBothKinds() {
		Application application = application().set("grpc.server.in-process-name", "both");
		try (ConfigurableApplicationContext context = application.channel("named").start()) {
			GrpcChannelFactory factory = context.getBean(GrpcChannelFactory.class);
			assertThat(factory).isInstanceOf(CompositeGrpcChannelFactory.class);
			assertThat(WhoCalls.ask(factory.createChannel("named"), "Dns")).isEqualTo("dns:client");
			assertThat(WhoCalls.ask(factory.createChannel("in-process:both"), "Dns")).isEqualTo("nobody");
		}
	}

	@Test
	void compositeOfTheApplicationsIsSecuredIfItsFactoriesAre() {
		Application application = application().with(OwnComposite.class).channel("named");
		try (ConfigurableApplicationContext context = application.on(TestNetty.UNSHADED).start()) {
			GrpcChannelFactory composite = context.getBean("ownComposite", GrpcChannelFactory.class);
			assertThat(WhoCalls.ask(composite.createChannel("named"), "Dns")).isEqualTo("dns:client");
		}
	}

	@Test
	void compositeOfFactoriesThatAskNobodyIsRefused() {
		Application application = application().with(HiddenPlaintext.class).channel("named");
		try (ConfigurableApplicationContext context = application.start()) {
			GrpcChannelFactory composite = context.getBean("hiddenPlaintext", GrpcChannelFactory.class);
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> composite.createChannel("named"))
				.withMessageContaining("the channel named does not connect the way");
		}
	}

	@Test
	void whatAnApplicationMayDoToItsChannelIsInForce() {
		Application application = application().with(Allowed.class).channel("named").channel("other");
		try (ConfigurableApplicationContext context = application.start()) {
			GrpcChannelFactory factory = context.getBean(GrpcChannelFactory.class);
			assertThat(WhoCalls.ask(factory.createChannel("other"), "Dns")).isEqualTo("dns:client");
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> WhoCalls.ask(factory.createChannel("named"), "Dns"))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
			assertThat(context.getBean(Allowed.class).calls).hasValue(2);
		}
	}

	@Test
	void manyThreadsMakeChannelsAtOnce() throws Exception {
		Application application = application();
		ExecutorService threads = Executors.newFixedThreadPool(16);
		try (ConfigurableApplicationContext context = application.channel("named").start()) {
			GrpcChannelFactory factory = context.getBean(GrpcChannelFactory.class);
			CyclicBarrier start = new CyclicBarrier(16);
			List<Future<ServingStatus>> answers = new ArrayList<>();
			for (int i = 0; i < 16; i++) {
				// names of their own, and one that all of them ask for
				String name = (i % 2 == 0) ? "named" : "localhost:%d".formatted(application.port());
				answers.add(threads.submit((Callable<ServingStatus>) () -> {
					start.await();
					return TestApplication.check(factory.createChannel(name));
				}));
			}
			for (Future<ServingStatus> answer : answers) {
				assertThat(answer.get()).isEqualTo(ServingStatus.SERVING);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private Application application() {
		return new Application(this.directory).on(TestEngine.BOOT)
			.with(WhoCalls.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.identity("secure-grpc.client", TestCertificates.client(CA))
			.ca("secure-grpc.client", CA);
	}

	/** A factory of the application's around one that asks for credentials. */
	@Configuration(proxyBeanMethods = false)
	static class OwnComposite {

		@Bean
		GrpcChannelFactory ownComposite(ClientInterceptorsConfigurer interceptors,
				ChannelCredentialsProvider credentials, Environment environment) {
			NettyGrpcChannelFactory factory = new NettyGrpcChannelFactory(List.of(), interceptors);
			factory.setCredentialsProvider(credentials);
			factory
				.setVirtualTargets((name) -> "localhost:" + environment.getRequiredProperty("spring.grpc.server.port"));
			return new CompositeGrpcChannelFactory(List.of(factory));
		}

	}

	/** A factory whose own factories are no beans, and ask nobody. */
	@Configuration(proxyBeanMethods = false)
	static class HiddenPlaintext {

		@Bean
		GrpcChannelFactory hiddenPlaintext(ClientInterceptorsConfigurer interceptors) {
			return new CompositeGrpcChannelFactory(List.of(new ShadedNettyGrpcChannelFactory(List.of(), interceptors)));
		}

	}

	/** What Spring Boot lets applications do. */
	@Configuration(proxyBeanMethods = false)
	static class Allowed implements ClientInterceptor {

		private final AtomicInteger calls = new AtomicInteger();

		@Bean
		<T extends ManagedChannelBuilder<T>> GrpcChannelBuilderCustomizer<T> small() {
			return GrpcChannelBuilderCustomizer.matching("named", (builder) -> builder.maxInboundMessageSize(1));
		}

		@Bean
		<T extends ManagedChannelBuilder<T>> GrpcChannelBuilderCustomizer<T> counted() {
			return (name, builder) -> builder.intercept(this);
		}

		@Override
		public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
			this.calls.incrementAndGet();
			return next.newCall(method, options);
		}

	}

}
