package io.github.securegrpc.actuate;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.Validity;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.server.ListenerInterceptor;
import io.github.securegrpc.text.PrintableLog;

/**
 * Has {@code grpc.health.v1} answer {@code NOT_SERVING} for every service that it knows,
 * as long as the server's leaf is not valid. The statuses stay the application's own, and
 * are answered again with the next leaf. Thread-safe.
 */
final class GrpcHealthStatus implements ListenerInterceptor {

	private static final PrintableLog logger = PrintableLog.of(GrpcHealthStatus.class);

	private static final HealthCheckResponse NOT_SERVING = HealthCheckResponse.newBuilder()
		.setStatus(ServingStatus.NOT_SERVING)
		.build();

	private final RotatingMaterials materials;

	private final Clock clock;

	private final Set<HealthCall<?, ?>> watches = ConcurrentHashMap.newKeySet();

	GrpcHealthStatus(RotatingMaterials materials, Clock clock) {
		this.materials = materials;
		this.clock = clock;
	}

	/* Tells those who watch, if what they were told does not hold any more. */
	void look() {
		this.watches.forEach((watch) -> {
			try {
				watch.tell();
			}
			catch (RuntimeException ex) {
				// the others are told all the same
				logger.warn("A watch of grpc.health.v1 cannot be told of the certificate: " + ex);
			}
		});
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		if (!HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
			return next.startCall(call, headers);
		}
		HealthCall<Q, A> health = new HealthCall<>(call);
		return call.getMethodDescriptor().getType().serverSendsOneMessage() ? next.startCall(health, headers)
				: watch(health, headers, next);
	}

	private <Q, A> ServerCall.Listener<Q> watch(HealthCall<Q, A> watch, Metadata headers,
			ServerCallHandler<Q, A> next) {
		this.watches.add(watch);
		boolean started = false;
		try {
			ServerCall.Listener<Q> listener = next.startCall(watch, headers);
			started = true;
			return new SimpleForwardingServerCallListener<>(listener) {

				@Override
				public void onCancel() {
					GrpcHealthStatus.this.watches.remove(watch);
					super.onCancel();
				}

				@Override
				public void onComplete() {
					GrpcHealthStatus.this.watches.remove(watch);
					super.onComplete();
				}

			};
		}
		finally {
			if (!started) {
				this.watches.remove(watch);
			}
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

	/**
	 * A call to the health service, which answers with what the application says or with
	 * {@code NOT_SERVING}.
	 *
	 * @param <Q> the type of requests
	 * @param <A> the type of responses
	 */
	private final class HealthCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

		private @Nullable A said;

		private @Nullable A told;

		private boolean closed;

		HealthCall(ServerCall<Q, A> delegate) {
			super(delegate);
		}

		@Override
		public synchronized void sendMessage(A message) {
			this.said = message;
			tell();
		}

		@Override
		public synchronized void close(Status status, Metadata trailers) {
			this.closed = true;
			super.close(status, trailers);
		}

		synchronized void tell() {
			if (this.said == null || this.closed) {
				return;
			}
			A answer = answer(this.said);
			if (!answer.equals(this.told)) {
				this.told = answer;
				super.sendMessage(answer);
			}
		}

		private A answer(A application) {
			boolean unknown = application instanceof HealthCheckResponse response
					&& response.getStatus() == ServingStatus.SERVICE_UNKNOWN;
			return (unknown || isLeafValid()) ? application
					: getMethodDescriptor().parseResponse(NOT_SERVING.toByteString().newInput());
		}

	}

}
