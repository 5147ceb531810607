package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.HandlerRegistry;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.MovingTime;
import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How denied calls are counted.
 */
class DeniedCallsTests {

	private static final String DENIED = "secure.grpc.calls.denied";

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle LEAVING_CA = TestCertificates.authority("leaving");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).with(WhoCalls.class)
			.with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA, LEAVING_CA)
			.set("secure-grpc.server.client-auth", "optional")
			.set("secure-grpc.authorization.rules[0].methods", "test.Who/Dns")
			.set("secure-grpc.authorization.rules[0].allow", "any-peer")
			.set("secure-grpc.authorization.rules[1].methods", "test.Chatter/*")
			.set("secure-grpc.authorization.rules[1].allow", "any-peer");
	}

	@Test
	void everyReasonIsCountedUnderItsName() throws Exception {
		this.application.with(MovingTime.class);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer nobody = new Peer(this.application.port(), null);
				Peer staying = new Peer(this.application.port(), TestCertificates.client(CA));
				Peer leaving = new Peer(this.application.port(), TestCertificates.client(LEAVING_CA))) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(staying.ask("Dns")).isEqualTo("dns:client");
			assertThat(registry.find(DENIED).counters()).isEmpty();
			denied(nobody, "Dns", Status.Code.UNAUTHENTICATED);
			denied(staying, "Admin", Status.Code.PERMISSION_DENIED);
			denied(staying, "Admin", Status.Code.PERMISSION_DENIED);
			CompletableFuture<Status> chat = Chatter.listen(leaving.channel());
			this.application.ca("secure-grpc.server", CA);
			context.getBean(RotatingMaterials.class).tick();
			assertThat(chat.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			context.getBean(MutableClock.class).advance(Duration.ofDays(2));
			denied(staying, "Dns", Status.Code.UNAUTHENTICATED);
			assertThat(count(registry, "no_certificate", "test.Who/Dns")).isEqualTo(1);
			assertThat(count(registry, "no_rule", "test.Who/Admin")).isEqualTo(2);
			assertThat(count(registry, "untrusted", "test.Chatter/Chat")).isEqualTo(1);
			assertThat(count(registry, "expired", "test.Who/Dns")).isEqualTo(1);
			assertThat(registry.find(DENIED).counters()).hasSize(4);
		}
	}

	@Test
	void methodsThatAPeerInventsAreCountedAsOne() {
		this.application.with(Anything.class);
		try (ConfigurableApplicationContext context = this.application.start();
				Peer peer = new Peer(this.application.port(), TestCertificates.client(CA))) {
			for (int i = 0; i < 20; i++) {
				denied(peer, "Invented" + i, Status.Code.PERMISSION_DENIED);
			}
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.find(DENIED).counters()).hasSize(1);
			assertThat(count(registry, "no_rule", "other")).isEqualTo(20);
		}
	}

	private static void denied(Peer peer, String method, Status.Code code) {
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> peer.ask(method))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(code));
	}

	private static double count(MeterRegistry registry, String reason, String method) {
		Counter counter = registry.find(DENIED).tag("reason", reason).tag("method", method).counter();
		return (counter != null) ? counter.count() : 0;
	}

	/** A server that answers whatever it is asked. */
	static class Anything extends ServerBuilderChange {

		@Override
		public void accept(io.grpc.ServerBuilder<?> builder) {
			builder.fallbackHandlerRegistry(new HandlerRegistry() {

				@Override
				public ServerMethodDefinition<String, String> lookupMethod(String method, @Nullable String authority) {
					return ServerMethodDefinition.create(WhoCalls.method(method.substring(method.indexOf('/') + 1)),
							ServerCalls.asyncUnaryCall((request, response) -> response.onCompleted()));
				}

			});
		}

	}

}
