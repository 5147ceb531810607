package io.github.securegrpc.sample.ledger;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Reflection tells what the ledger has, to whom the rules admit.
 */
class LedgerReflectionTests {

	private static final String RULE = "--secure-grpc.authorization.rules[%d].";

	private final int port = TestSocketUtils.findAvailableTcpPort();

	@TempDir
	private Path directory = Path.of("");

	@Test
	void reflectionIsOnAndUnderTheRules() throws Exception {
		Bookkeeper.issue(this.directory);
		assertThat(services()).contains("transaction.Transactor");
		String transactor = RULE.formatted(0) + "methods=transaction.Transactor/*";
		String anyPeer = RULE.formatted(0) + "allow=any-peer";
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> services(transactor, anyPeer))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
		assertThat(
				services(transactor, anyPeer, RULE.formatted(1) + "methods=grpc.reflection.v1alpha.ServerReflection/*",
						RULE.formatted(1) + "allow=dns:localhost"))
			.contains("transaction.Transactor");
	}

	@SuppressWarnings("try")
	private List<String> services(String... more) throws Exception {
		List<String> arguments = new ArrayList<>(Bookkeeper.arguments(this.directory, this.port));
		arguments.add("--sample.client.enabled=false");
		arguments.addAll(List.of(more));
		try (ConfigurableApplicationContext context = new SpringApplication(SampleApplication.class)
			.run(arguments.toArray(String[]::new)); Bookkeeper bookkeeper = new Bookkeeper(this.directory, this.port)) {
			return services(bookkeeper);
		}
	}

	private static List<String> services(Bookkeeper bookkeeper) throws Exception {
		CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
		StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc
			.newStub(bookkeeper.ledger().getChannel())
			.serverReflectionInfo(new StreamObserver<>() {

				@Override
				public void onNext(ServerReflectionResponse response) {
					answer.complete(response);
				}

				@Override
				public void onError(Throwable ex) {
					answer.completeExceptionally(ex);
				}

				@Override
				public void onCompleted() {
				}

			});
		requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
		try {
			return answer.get(30, TimeUnit.SECONDS)
				.getListServicesResponse()
				.getServiceList()
				.stream()
				.map((service) -> service.getName())
				.toList();
		}
		catch (java.util.concurrent.ExecutionException ex) {
			throw (ex.getCause() instanceof StatusRuntimeException refused) ? refused : ex;
		}
	}

}
