package io.github.securegrpc.actuate;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.server.ListeningServer;

/**
 * Has {@code grpc.health.v1} answer {@code NOT_SERVING} for every service that serves, as
 * long as the server's leaf is not valid.
 */
final class GrpcHealthStatus {

	private final HealthStatusManager manager;

	private final RotatingMaterials materials;

	private final ListeningServer server;

	private final Clock clock;

	private final Set<String> withdrawn = new HashSet<>();

	GrpcHealthStatus(HealthStatusManager manager, RotatingMaterials materials, ListeningServer server, Clock clock) {
		this.manager = manager;
		this.materials = materials;
		this.server = server;
		this.clock = clock;
	}

	void look() {
		if (isLeafValid()) {
			this.withdrawn.forEach((service) -> this.manager.setStatus(service, ServingStatus.SERVING));
			this.withdrawn.clear();
		}
		else {
			Stream.concat(Stream.of(HealthStatusManager.SERVICE_NAME_ALL_SERVICES), this.server.services())
				.filter(this::isServing)
				.forEach((service) -> {
					this.manager.setStatus(service, ServingStatus.NOT_SERVING);
					this.withdrawn.add(service);
				});
		}
	}

	private boolean isLeafValid() {
		return this.materials.all()
			.stream()
			.filter((material) -> material.name().equals("server"))
			.allMatch((material) -> {
				Identity identity = material.current().material().identity();
				return identity == null || Validity.of(identity.leaf(), this.clock.instant()) == Validity.VALID;
			});
	}

	private boolean isServing(String service) {
		AtomicReference<ServingStatus> status = new AtomicReference<>(ServingStatus.SERVICE_UNKNOWN);
		((HealthGrpc.AsyncService) this.manager.getHealthService())
			.check(HealthCheckRequest.newBuilder().setService(service).build(), new StreamObserver<>() {

				@Override
				public void onNext(HealthCheckResponse response) {
					status.set(response.getStatus());
				}

				@Override
				public void onError(Throwable unknown) {
					status.set(ServingStatus.SERVICE_UNKNOWN);
				}

				@Override
				public void onCompleted() {
				}

			});
		return status.get() == ServingStatus.SERVING;
	}

}
