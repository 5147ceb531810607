package io.github.securegrpc.application;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;

/**
 * Streams that stay open until somebody ends them.
 */
final class OpenStreams {

	private OpenStreams() {
	}

	/* Returns when the server has answered. */
	static StreamObserver<ServerReflectionRequest> reflect(Channel channel) throws Exception {
		CompletableFuture<ServerReflectionResponse> first = new CompletableFuture<>();
		StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
			.serverReflectionInfo(new StreamObserver<>() {

				@Override
				public void onNext(ServerReflectionResponse response) {
					first.complete(response);
				}

				@Override
				public void onError(Throwable ex) {
					first.completeExceptionally(ex);
				}

				@Override
				public void onCompleted() {
				}

			});
		requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
		first.get(10, TimeUnit.SECONDS);
		return requests;
	}

	/* Returns when the stream is open; its end is told to the future. */
	static Context.CancellableContext watch(Channel channel, CompletableFuture<Status> ended) throws Exception {
		CompletableFuture<HealthCheckResponse> first = new CompletableFuture<>();
		Context.CancellableContext context = Context.current().withCancellation();
		context.run(() -> HealthGrpc.newStub(channel)
			.watch(HealthCheckRequest.getDefaultInstance(), new StreamObserver<>() {

				@Override
				public void onNext(HealthCheckResponse response) {
					first.complete(response);
				}

				@Override
				public void onError(Throwable ex) {
					ended.complete(Status.fromThrowable(ex));
					first.completeExceptionally(ex);
				}

				@Override
				public void onCompleted() {
					ended.complete(Status.OK);
				}

			}));
		try {
			first.get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			// ended already
		}
		return context;
	}

}
