package io.github.securegrpc.actuate;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.server.ListeningServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code grpc.health.v1} answers, and tells its watchers, when the server's leaf
 * expires.
 */
class GrpcHealthStatusTests {

	private final TestMaterials test = new TestMaterials();

	private final HealthStatusManager manager = new HealthStatusManager();

	private final ListeningServer server = new ListeningServer();

	@Test
	void expiredLeafIsNotServingUntilTheNextOne() throws Exception {
		this.test.load(this.test.server(Duration.ofDays(1)), this.test.authority);
		io.grpc.Server inProcess = InProcessServerBuilder.forName("health")
			.addService(this.manager.getHealthService())
			.build()
			.start();
		io.grpc.ManagedChannel channel = InProcessChannelBuilder.forName("health").build();
		try {
			this.server.started(inProcess);
			HealthGrpc.HealthBlockingStub stub = HealthGrpc.newBlockingStub(channel);
			AtomicReference<ServingStatus> watched = watch(channel);
			GrpcHealthStatus status = new GrpcHealthStatus(this.manager, this.test.materials, this.server,
					this.test.clock);
			this.manager.setStatus(HealthGrpc.SERVICE_NAME, ServingStatus.SERVING);

			status.look();
			assertThat(check(stub, "")).isEqualTo(ServingStatus.SERVING);
			this.test.clock.advance(Duration.ofDays(1).plusSeconds(1));
			status.look();
			status.look();
			assertThat(check(stub, "")).isEqualTo(ServingStatus.NOT_SERVING);
			assertThat(check(stub, HealthGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.NOT_SERVING);
			org.awaitility.Awaitility.await().untilAtomic(watched, org.hamcrest.Matchers.is(ServingStatus.NOT_SERVING));

			this.test.set(this.test.server(Duration.ofDays(1)), this.test.authority);
			this.test.materials.tick();
			status.look();
			assertThat(check(stub, "")).isEqualTo(ServingStatus.SERVING);
			assertThat(check(stub, HealthGrpc.SERVICE_NAME)).isEqualTo(ServingStatus.SERVING);
		}
		finally {
			channel.shutdownNow();
			inProcess.shutdownNow();
		}
	}

	@Test
	void statusThatTheApplicationSetIsItsOwn() {
		this.test.load(this.test.server(Duration.ofDays(1)), this.test.authority);
		this.manager.setStatus("", ServingStatus.NOT_SERVING);
		GrpcHealthStatus status = new GrpcHealthStatus(this.manager, this.test.materials, this.server, this.test.clock);
		this.test.clock.advance(Duration.ofDays(2));
		status.look();
		this.test.set(this.test.server(Duration.ofDays(1)), this.test.authority);
		this.test.materials.tick();
		status.look();
		AtomicReference<ServingStatus> answer = new AtomicReference<>();
		((HealthGrpc.AsyncService) this.manager.getHealthService()).check(HealthCheckRequest.getDefaultInstance(),
				observer(answer));
		assertThat(answer).hasValue(ServingStatus.NOT_SERVING);
	}

	private static ServingStatus check(HealthGrpc.HealthBlockingStub stub, String service) {
		return stub.check(HealthCheckRequest.newBuilder().setService(service).build()).getStatus();
	}

	private static AtomicReference<ServingStatus> watch(io.grpc.Channel channel) {
		AtomicReference<ServingStatus> watched = new AtomicReference<>();
		HealthGrpc.newStub(channel).watch(HealthCheckRequest.getDefaultInstance(), observer(watched));
		return watched;
	}

	private static StreamObserver<HealthCheckResponse> observer(AtomicReference<ServingStatus> status) {
		return new StreamObserver<>() {

			@Override
			public void onNext(HealthCheckResponse response) {
				status.set(response.getStatus());
			}

			@Override
			public void onError(Throwable ex) {
				// the channel was shut down
			}

			@Override
			public void onCompleted() {
			}

		};
	}

}
