package io.github.securegrpc.application;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import net.devh.boot.grpc.server.service.GrpcService;

/**
 * A service that talks without a pause until its call is cancelled.
 */
@GrpcService
public class Chatter implements BindableService {

	private static final MethodDescriptor<String, String> CHAT = MethodDescriptor
		.newBuilder(WhoCalls.TEXT, WhoCalls.TEXT)
		.setType(MethodDescriptor.MethodType.BIDI_STREAMING)
		.setFullMethodName("test.Chatter/Chat")
		.build();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final CountDownLatch cancelled = new CountDownLatch(1);

	public List<Throwable> failures() {
		return this.failures;
	}

	public boolean isCancelled() throws InterruptedException {
		return this.cancelled.await(2, TimeUnit.SECONDS);
	}

	@Override
	public ServerServiceDefinition bindService() {
		return ServerServiceDefinition.builder("test.Chatter")
			.addMethod(CHAT, ServerCalls.asyncBidiStreamingCall(this::chat))
			.build();
	}

	/* Returns when the first message is there; the future has the end of the call. */
	public static CompletableFuture<Status> listen(Channel channel) throws Exception {
		CompletableFuture<Status> ended = new CompletableFuture<>();
		CountDownLatch first = new CountDownLatch(1);
		ClientCall<String, String> call = channel.newCall(CHAT, CallOptions.DEFAULT);
		call.start(new ClientCall.Listener<>() {

			@Override
			public void onMessage(String message) {
				first.countDown();
				call.request(1);
			}

			@Override
			public void onClose(Status status, Metadata trailers) {
				ended.complete(status);
				first.countDown();
			}

		}, new Metadata());
		call.request(1);
		if (!first.await(10, TimeUnit.SECONDS)) {
			throw new IllegalStateException("no message");
		}
		return ended;
	}

	private StreamObserver<String> chat(StreamObserver<String> responses) {
		ServerCallStreamObserver<String> call = (ServerCallStreamObserver<String>) responses;
		CountDownLatch over = new CountDownLatch(1);
		call.setOnCancelHandler(() -> {
			this.cancelled.countDown();
			over.countDown();
		});
		Thread thread = new Thread(() -> talk(call, over), "chatter");
		thread.setDaemon(true);
		thread.start();
		return new StreamObserver<>() {

			@Override
			public void onNext(String message) {
			}

			@Override
			public void onError(Throwable ex) {
			}

			@Override
			public void onCompleted() {
			}

		};
	}

	private void talk(ServerCallStreamObserver<String> call, CountDownLatch over) {
		try {
			do {
				if (call.isReady()) {
					call.onNext("bla");
				}
			}
			while (!over.await(1, TimeUnit.MILLISECONDS));
			call.onNext("one more");
			call.onCompleted();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			this.failures.add(ex);
		}
	}

}
