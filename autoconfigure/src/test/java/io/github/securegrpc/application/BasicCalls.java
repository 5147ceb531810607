package io.github.securegrpc.application;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Calls with whatever they bring as authorization.
 */
final class BasicCalls {

	private BasicCalls() {
	}

	static String line(String user, String password) {
		return user + ":" + new BCryptPasswordEncoder(4).encode(password);
	}

	static String basic(String pair) {
		return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
	}

	static Status.Code code(Peer peer, String method, String authorization) {
		try {
			ask(peer.channel(), method, authorization);
			return Status.Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
	}

	static Status status(Peer peer, String... authorizations) {
		try {
			ask(peer.channel(), "Dns", authorizations);
			return Status.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus();
		}
	}

	static String ask(ManagedChannel channel, String authorization) {
		return ask(channel, "Dns", authorization);
	}

	static String ask(ManagedChannel channel, String method, String... authorizations) {
		Metadata headers = new Metadata();
		if (authorizations != null) {
			for (String authorization : authorizations) {
				if (authorization != null) {
					headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
				}
			}
		}
		return ClientCalls.blockingUnaryCall(
				io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
				WhoCalls.method(method), CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "");
	}

	/* How a call ends that nobody waits for. */
	static CompletableFuture<Status> later(ManagedChannel channel, String authorization) {
		Metadata headers = new Metadata();
		headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), authorization);
		CompletableFuture<Status> end = new CompletableFuture<>();
		ClientCalls.asyncUnaryCall(
				io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers))
					.newCall(WhoCalls.method("Dns"), CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS)),
				"", new StreamObserver<String>() {

					@Override
					public void onNext(String answer) {
					}

					@Override
					public void onError(Throwable failure) {
						end.complete(Status.fromThrowable(failure));
					}

					@Override
					public void onCompleted() {
						end.complete(Status.OK);
					}

				});
		return end;
	}

}
