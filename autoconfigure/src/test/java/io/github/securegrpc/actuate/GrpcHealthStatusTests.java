package io.github.securegrpc.actuate;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What {@code grpc.health.v1} answers, and tells its watchers, while the server's leaf is
 * not valid.
 */
class GrpcHealthStatusTests {

	private static final Duration DAY = Duration.ofDays(1);

	private final TestMaterials test = new TestMaterials();

	private final GrpcHealthStatus health = new GrpcHealthStatus(this.test.materials, this.test.clock);

	private final HealthStatusManager application = new HealthStatusManager();

	private final ManagedChannel channel = InProcessChannelBuilder.forName("health").directExecutor().build();

	@SuppressWarnings("NullAway.Init")
	private Server server;

	@BeforeEach
	void start() throws IOException {
		this.test.load(this.test.server(DAY), this.test.authority);
		this.server = InProcessServerBuilder.forName("health")
			.directExecutor()
			.addService(this.application.getHealthService())
			.intercept(this.health)
			.build()
			.start();
		this.application.setStatus("liveness", ServingStatus.SERVING);
		this.application.setStatus("database", ServingStatus.NOT_SERVING);
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
		this.server.shutdownNow();
	}

	@Test
	void nothingThatIsKnownServesWithAnExpiredLeaf() {
		assertThat(check("")).isEqualTo(ServingStatus.SERVING);
		assertThat(check("liveness")).isEqualTo(ServingStatus.SERVING);
		assertThat(check("database")).isEqualTo(ServingStatus.NOT_SERVING);
		expire();
		for (String known : List.of("", "liveness", "database")) {
			assertThat(check(known)).as(known).isEqualTo(ServingStatus.NOT_SERVING);
		}
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> check("unknown"))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
		renew();
		assertThat(check("")).isEqualTo(ServingStatus.SERVING);
		assertThat(check("liveness")).isEqualTo(ServingStatus.SERVING);
		assertThat(check("database")).isEqualTo(ServingStatus.NOT_SERVING);
	}

	@Test
	void statusThatTheApplicationSetsMeanwhileIsItsOwn() {
		expire();
		this.health.look();
		this.application.setStatus("liveness", ServingStatus.NOT_SERVING);
		this.application.setStatus("database", ServingStatus.SERVING);
		assertThat(check("database")).isEqualTo(ServingStatus.NOT_SERVING);
		renew();
		this.health.look();
		assertThat(check("liveness")).isEqualTo(ServingStatus.NOT_SERVING);
		assertThat(check("database")).isEqualTo(ServingStatus.SERVING);
	}

	@Test
	void whoWatchesIsToldOfEachChangeOnce() {
		List<ServingStatus> liveness = watch("liveness");
		List<ServingStatus> database = watch("database");
		List<ServingStatus> unknown = watch("unknown");
		expire();
		this.health.look();
		this.health.look();
		told(liveness, ServingStatus.SERVING, ServingStatus.NOT_SERVING);
		this.application.setStatus("database", ServingStatus.SERVING);
		this.application.setStatus("liveness", ServingStatus.NOT_SERVING);
		this.application.setStatus("liveness", ServingStatus.SERVING);
		List<ServingStatus> late = watch("liveness");
		told(late, ServingStatus.NOT_SERVING);
		renew();
		this.health.look();
		told(liveness, ServingStatus.SERVING, ServingStatus.NOT_SERVING, ServingStatus.SERVING);
		told(database, ServingStatus.NOT_SERVING, ServingStatus.SERVING);
		told(late, ServingStatus.NOT_SERVING, ServingStatus.SERVING);
		told(unknown, ServingStatus.SERVICE_UNKNOWN);
	}

	private void expire() {
		this.test.clock.advance(DAY.plusSeconds(1));
	}

	private void renew() {
		this.test.set(this.test.server(DAY), this.test.authority);
		this.test.materials.tick();
	}

	private ServingStatus check(String service) {
		return HealthGrpc.newBlockingStub(this.channel).check(request(service)).getStatus();
	}

	private List<ServingStatus> watch(String service) {
		List<ServingStatus> told = new CopyOnWriteArrayList<>();
		HealthGrpc.newStub(this.channel).watch(request(service), new StreamObserver<>() {

			@Override
			public void onNext(HealthCheckResponse response) {
				told.add(response.getStatus());
			}

			@Override
			public void onError(Throwable ex) {
				// the channel was shut down
			}

			@Override
			public void onCompleted() {
			}

		});
		return told;
	}

	private static void told(List<ServingStatus> watch, ServingStatus... expected) {
		Awaitility.await().untilAsserted(() -> assertThat(watch).containsExactly(expected));
	}

	private static HealthCheckRequest request(String service) {
		return HealthCheckRequest.newBuilder().setService(service).build();
	}

}
