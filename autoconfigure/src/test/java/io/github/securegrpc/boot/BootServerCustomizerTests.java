package io.github.securegrpc.boot;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import io.grpc.CallOptions;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.Metadata;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerExecutorProvider;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.ServerBuilderCustomizer;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.Peer;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.application.TestNetty;
import io.github.securegrpc.application.WhoCalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What an application may do to its server on Spring Boot's own gRPC.
 */
class BootServerCustomizerTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@EnumSource
	void whatAnApplicationMayDoToItsServerIsInForce(TestNetty netty) {
		Application application = application().with(WhoCalls.class).with(Allowed.class);
		try (ConfigurableApplicationContext context = application.on(netty).start();
				Peer peer = new Peer(application.port(), TestCertificates.client(CA))) {
			Allowed allowed = context.getBean(Allowed.class);
			assertThat(peer.ask("Anyone")).isEqualTo("dns:client");
			assertThat(allowed.threads).containsOnly("of-the-application");
			assertThat(allowed.compressors).hasPositiveValue();
			assertThat(allowed.factories).hasSize(1);
		}
	}

	@Test
	void messageLargerThanACustomizerAllowsIsRefused() {
		Application application = application().with(WhoCalls.class).with(SmallMessages.class);
		try (ConfigurableApplicationContext context = application.start();
				Peer peer = new Peer(application.port(), TestCertificates.client(CA))) {
			assertThat(context.isRunning()).isTrue();
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.SERVING);
			assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(peer.channel(), WhoCalls.method("Dns"),
					CallOptions.DEFAULT, "x".repeat(2_000)))
				.hasMessageContaining("RESOURCE_EXHAUSTED");
		}
	}

	private Application application() {
		return new Application(this.directory).on(TestEngine.BOOT)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA);
	}

	/** What Spring Boot offers to applications. */
	@Configuration(proxyBeanMethods = false)
	static class Allowed {

		private final Set<String> threads = ConcurrentHashMap.newKeySet();

		private final List<GrpcServerFactory> factories = new CopyOnWriteArrayList<>();

		private final AtomicInteger compressors = new AtomicInteger();

		@Bean
		GrpcServerExecutorProvider executor() {
			ExecutorService executor = Executors.newCachedThreadPool((task) -> new Thread(task, "of-the-application"));
			return () -> executor;
		}

		@Bean
		CompressorRegistry compressors() {
			CompressorRegistry registry = CompressorRegistry.newEmptyInstance();
			registry.register(new Compressor() {

				@Override
				public String getMessageEncoding() {
					return "gzip";
				}

				@Override
				public OutputStream compress(OutputStream stream) throws IOException {
					Allowed.this.compressors.incrementAndGet();
					return new GZIPOutputStream(stream);
				}

			});
			return registry;
		}

		@Bean
		GrpcServerFactoryCustomizer factories() {
			return this.factories::add;
		}

		@Bean
		ServerBuilderCustomizer<?> interceptor() {
			return new Intercepting(this.threads);
		}

	}

	/** Notes the threads of calls, and answers compressed. */
	@SuppressWarnings("rawtypes")
	record Intercepting(Set<String> threads) implements ServerBuilderCustomizer, ServerInterceptor {

		@Override
		public void customize(ServerBuilder builder) {
			builder.intercept(this);
		}

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			this.threads.add(Thread.currentThread().getName());
			call.setCompression("gzip");
			return next.startCall(call, headers);
		}

	}

	/** Small messages alone. */
	static class SmallMessages implements ServerBuilderCustomizer<NettyServerBuilder> {

		@Override
		public void customize(NettyServerBuilder builder) {
			builder.maxInboundMessageSize(1_000);
		}

	}

}
