package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.grpc.CallOptions;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that may not call a method does not learn whether it is there.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownMethodTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(WhoCalls.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.server.client-auth", "optional");
	}

	@Test
	void nobodyReadsTheSameOfMethodsThatAreThereAndThatAreNot(CapturedOutput output) {
		rule(0, "test.Who/Dns", "dns:other");
		rule(1, "grpc.health.v1.Health/Check", "anyone");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer nobody = new Peer(this.application.port(), null)) {
			for (String method : List.of("test.Who/Dns", "test.Who/Admin", "test.Who/Nope", "nope.Nope/Nope",
					"grpc.health.v1.Health/Nope", "grpc.health.v1.Health/Watch",
					"grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo")) {
				Status status = status(nobody, method);
				assertThat(status.getCode()).as(method).isEqualTo(Status.Code.UNAUTHENTICATED);
				assertThat(status.getDescription())
					.isEqualTo(method + ": a client certificate is needed, none was presented");
			}
			assertThat(output).contains("Denied nope.Nope/Nope to a peer without a certificate (127.0.0.1:");
			assertThat(context.getBean(MeterRegistry.class)
				.get("secure.grpc.calls.denied")
				.tag("reason", "no_certificate")
				.tag("method", "other")
				.counter()
				.count()).isEqualTo(3);
		}
	}

	@Test
	void peerThatMayNotReadsTheSameAndOneThatMayThatThereIsNone() {
		rule(0, "test.Who/*", "dns:client");
		rule(1, "secret.Vault/*", "dns:other");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(context.isRunning()).isTrue();
			for (String method : List.of("secret.Vault/Nope", "grpc.health.v1.Health/Check", "nope.Nope/Nope")) {
				Status status = status(peer, method);
				assertThat(status.getCode()).as(method).isEqualTo(Status.Code.PERMISSION_DENIED);
				assertThat(status.getDescription()).isEqualTo(method + " is not allowed to dns:client");
			}
			Status status = status(peer, "test.Who/Nope");
			assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
			assertThat(status.getDescription()).isEqualTo("Method not found: test.Who/Nope");
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
		}
	}

	@Test
	void withoutRulesThePeerMustBeAuthenticatedStill() {
		this.application.with(Time.class);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer nobody = new Peer(this.application.port(), null);
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(status(nobody, "test.Who/Nope").getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
			assertThat(status(peer, "test.Who/Nope").getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
			context.getBean(MutableClock.class).advance(Duration.ofDays(2));
			assertThat(status(peer, "test.Who/Nope").getDescription())
				.isEqualTo("test.Who/Nope: the certificate of dns:client is not valid now");
		}
	}

	@Test
	void namesThatAreNoneAreDeniedInOneLine(CapturedOutput output) {
		rule(0, "test.Who/*", "any-peer");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer nobody = new Peer(this.application.port(), null)) {
			assertThat(context.isRunning()).isTrue();
			for (String method : List.of("", "/", "//", "/test.Who/Dns", "test.Who", "test.Who/", "*", "test.Who/Dns/",
					"a\r\n2026-11-26 WARN forged\u001b[2J/b", "test.Who/" + "x".repeat(3_000))) {
				Status status = status(nobody, method);
				assertThat(status.getCode()).as(method).isEqualTo(Status.Code.UNAUTHENTICATED);
				assertThat(String.valueOf(status.getDescription())).doesNotContain("\n", "\r").hasSizeLessThan(300);
			}
			assertThat(output.getAll().lines()).noneMatch((line) -> line.startsWith("2026-11-26 WARN forged"));
			assertThat(output.getAll()).doesNotContain("\u001b[2J");
		}
	}

	@Test
	void interceptorOfTheApplicationSeesNoNameThatIsInvented() {
		this.application.with(Seeing.class);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(status(peer, "test.Who/Nope").getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
			peer.ask("Dns");
			assertThat(context.getBean(Seeing.class).seen).containsExactly("test.Who/Dns");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { Fallback.class, EarlyFallback.class })
	void fallbackRegistryOfTheApplicationAnswersBehindTheRules(Class<?> fallback, CapturedOutput output) {
		this.application.with(fallback);
		rule(0, "dynamic.Some/*", "any-peer");
		try (ConfigurableApplicationContext context = this.application.start();
				Peer nobody = new Peer(this.application.port(), null);
				Peer peer = new Peer(this.application.port(), CLIENT)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(status(nobody, "dynamic.Some/Method").getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			assertThat(status(peer, "dynamic.Some/Method").getCode()).isEqualTo(Status.Code.OK);
			assertThat(output).contains(
					"A fallbackHandlerRegistry of the application's answers for the methods that the gRPC server");
		}
	}

	@Test
	void nothingIsSaidOfAFallbackRegistryWithoutOne(CapturedOutput output) {
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).doesNotContain("fallbackHandlerRegistry");
		}
	}

	private void rule(int index, String methods, String allow) {
		this.application.set("secure-grpc.authorization.rules[%d].methods".formatted(index), methods)
			.set("secure-grpc.authorization.rules[%d].allow".formatted(index), allow);
	}

	private static Status status(Peer peer, String method) {
		try {
			ClientCalls.blockingUnaryCall(peer.channel(), named(method),
					CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(20)), "");
			return Status.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus();
		}
	}

	private static MethodDescriptor<String, String> named(String method) {
		return MethodDescriptor.newBuilder(WhoCalls.TEXT, WhoCalls.TEXT)
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName(method)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Time {

		@Bean
		MutableClock secureGrpcClock() {
			return new MutableClock();
		}

	}

	/** An interceptor of the builder, not of the services. */
	static class Seeing extends ServerBuilderChange implements ServerInterceptor {

		private final List<String> seen = new CopyOnWriteArrayList<>();

		@Override
		public void accept(io.grpc.ServerBuilder<?> builder) {
			builder.intercept(this);
		}

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			this.seen.add(call.getMethodDescriptor().getFullMethodName());
			return next.startCall(call, headers);
		}

	}

	/** Methods that come and go. */
	static class Fallback extends ServerBuilderChange {

		@Override
		public void accept(io.grpc.ServerBuilder<?> builder) {
			builder.fallbackHandlerRegistry(new HandlerRegistry() {

				@Override
				public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
					return !method.startsWith("dynamic.") ? null : ServerMethodDefinition.create(named(method),
							ServerCalls.asyncUnaryCall((request, response) -> {
								response.onNext("dynamic");
								response.onCompleted();
							}));
				}

			});
		}

	}

	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class EarlyFallback extends Fallback {

	}

}
