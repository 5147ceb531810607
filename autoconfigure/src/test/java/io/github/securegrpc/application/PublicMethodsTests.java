package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.reflection.v1alpha.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The rules of docs/authorize.md on one port: health and reflection for whoever asks, the
 * rest for peers.
 */
@ExtendWith(OutputCaptureExtension.class)
class PublicMethodsTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@Test
	void healthAndReflectionAreOpenAndTheRestIsClosed(@TempDir Path directory, CapturedOutput output) {
		Application application = application(directory)
			.set("secure-grpc.authorization.rules[0].methods",
					"grpc.health.v1.Health/*,grpc.reflection.v1alpha.ServerReflection/*")
			.set("secure-grpc.authorization.rules[0].allow", "anyone")
			.set("secure-grpc.authorization.rules[1].methods", "*")
			.set("secure-grpc.authorization.rules[1].allow", "any-peer");
		try (ConfigurableApplicationContext context = application.start();
				Peer nobody = new Peer(application.port(), null)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(TestApplication.check(nobody.channel())).isEqualTo(ServingStatus.SERVING);
			assertThat(services(nobody)).contains("grpc.health.v1.Health");
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> nobody.ask("Anyone"))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
			assertThat(output).doesNotContain("names no method");
		}
	}

	@Test
	void reflectionIsClosedWhereNoRuleOpensIt(@TempDir Path directory) {
		Application application = application(directory).set("secure-grpc.authorization.rules[0].methods", "test.Who/*")
			.set("secure-grpc.authorization.rules[0].allow", "anyone");
		try (ConfigurableApplicationContext context = application.start();
				Peer nobody = new Peer(application.port(), null)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(nobody.ask("Anyone")).isEqualTo("nobody");
			assertThatThrownBy(() -> services(nobody)).hasMessageContaining("UNAUTHENTICATED")
				.hasMessageContaining("ServerReflectionInfo: a client certificate is needed");
		}
	}

	private static Application application(Path directory) {
		return new Application(directory).with(WhoCalls.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.server.client-auth", "optional");
	}

	private static List<String> services(Peer peer) {
		CompletableFuture<List<String>> services = new CompletableFuture<>();
		StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(peer.channel())
			.withDeadlineAfter(20, TimeUnit.SECONDS)
			.serverReflectionInfo(new Answer(services));
		requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
		List<String> names = services.join();
		requests.onCompleted();
		return names;
	}

	private record Answer(
			CompletableFuture<List<String>> services) implements StreamObserver<ServerReflectionResponse> {

		@Override
		public void onNext(ServerReflectionResponse response) {
			this.services.complete(response.getListServicesResponse()
				.getServiceList()
				.stream()
				.map(ServiceResponse::getName)
				.toList());
		}

		@Override
		public void onError(Throwable error) {
			this.services.completeExceptionally(error);
		}

		@Override
		public void onCompleted() {
		}

	}

}
