package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import io.netty.pkitesting.X509Bundle;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import net.devh.boot.grpc.client.channelfactory.ShadedNettyChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.client.interceptor.GlobalClientInterceptorRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.ChannelCredentialsProvider;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.ShadedNettyGrpcChannelFactory;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A channel does not talk on to a server whose certificate expired, though the server
 * would.
 */
class ChannelExpiryTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@ParameterizedTest(name = "{0} {1}, {2}")
	@CsvSource({ "openssl, TLSv1.3, OwnFactory", "openssl, TLSv1.2, TestApplication", "jdk, TLSv1.3, TestApplication",
			"jdk, TLSv1.2, OwnFactory" })
	void channelLeavesTheServerWhenItsCertificateExpires(String provider, String protocol, String factory,
			@TempDir Path directory) throws Exception {
		try (ConfigurableApplicationContext context = new Application(directory).on(TestNetty.SHADED)
			.ca("secure-grpc.client", CA)
			.with(factory.equals("OwnFactory") ? TestEngine.current().either(OwnFactory.class, OwnBootFactory.class)
					: TestApplication.class)
			.set("grpc.server.port", "-1")
			.set("secure-grpc.provider", provider)
			.start()) {
			warmUp(context, protocol);
			Instant expiry = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(6);
			try (ForeignServer server = new ForeignServer(shortLived(expiry), protocol).start()) {
				leaves(context, server, expiry);
			}
		}
	}

	private static void leaves(ConfigurableApplicationContext context, ForeignServer server, Instant expiry)
			throws Exception {
		TestEngine.of(context).dial(context, "it", "static://127.0.0.1:" + server.port());
		Channel channel = TestApplication.channel(context, "it");
		CompletableFuture<Status> stream = watch(channel);
		assertThat(TestApplication.check(channel)).isEqualTo(ServingStatus.SERVING);
		Awaitility.await().until(() -> Instant.now().isAfter(expiry.plusSeconds(1)));
		StatusRuntimeException ex = catchThrowableOfType(StatusRuntimeException.class,
				() -> TestApplication.check(channel));
		assertThat(ex.getStatus().getDescription()).contains("it expired");
		assertThat(stream.get(15, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(Instant.now()).as("the grace is over").isAfter(expiry.plusSeconds(9));
	}

	/*
	 * The first handshake of a JVM may take seconds, which the certificate does not have.
	 */
	private static void warmUp(ConfigurableApplicationContext context, String protocol) {
		try (ForeignServer server = new ForeignServer(TestCertificates.server(CA), protocol).start()) {
			TestEngine.of(context).dial(context, "warm", "static://127.0.0.1:" + server.port());
			assertThat(TestApplication.call(context, "warm")).isEqualTo(ServingStatus.SERVING);
		}
	}

	private static X509Bundle shortLived(Instant expiry) {
		return TestCertificates
			.issue((builder) -> builder.subject("CN=server").addSanIpAddress("127.0.0.1").notAfter(expiry), CA);
	}

	private static CompletableFuture<Status> watch(Channel channel) {
		CompletableFuture<Status> end = new CompletableFuture<>();
		HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {

			@Override
			public void onNext(HealthCheckResponse response) {
				// the status now
			}

			@Override
			public void onError(Throwable ex) {
				end.complete(Status.fromThrowable(ex));
			}

			@Override
			public void onCompleted() {
				end.complete(Status.OK);
			}

		});
		return end;
	}

	/** An application whose channels we do not know. */
	@Configuration(proxyBeanMethods = false)
	static class OwnFactory {

		@Bean
		GrpcChannelFactory own(GrpcChannelsProperties properties, GlobalClientInterceptorRegistry interceptors,
				List<GrpcChannelConfigurer> configurers) {
			return new ShadedNettyChannelFactory(properties, interceptors, configurers);
		}

	}

	/** The same on Spring Boot's own gRPC. */
	@Configuration(proxyBeanMethods = false)
	static class OwnBootFactory {

		@Bean
		ShadedNettyGrpcChannelFactory own(ClientInterceptorsConfigurer interceptors, GrpcClientProperties properties,
				ChannelCredentialsProvider credentials) {
			ShadedNettyGrpcChannelFactory factory = new ShadedNettyGrpcChannelFactory(List.of(), interceptors);
			factory.setVirtualTargets((name) -> properties.getChannel()
				.getOrDefault(name, new GrpcClientProperties.Channel())
				.getTarget()
				.substring("static://".length()));
			factory.setCredentialsProvider(credentials);
			return factory;
		}

	}

}
