package io.github.securegrpc.application;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1alpha.ServerReflectionGrpc;
import io.grpc.reflection.v1alpha.ServerReflectionRequest;
import io.grpc.reflection.v1alpha.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;

/**
 * Sixteen callers of one channel: eight that make unary calls without pause, four with a
 * stream that lives as long as they do, and four whose streams end after twenty messages.
 * A stream that the server ends because the CA of its connection left is opened again.
 */
final class Callers implements AutoCloseable {

	private static final ServerReflectionRequest ASK = ServerReflectionRequest.newBuilder().setListServices("").build();

	private final Channel channel;

	private final List<Thread> threads = new ArrayList<>();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final AtomicInteger brokenStreams = new AtomicInteger();

	private final AtomicInteger outlivedStreams = new AtomicInteger();

	private final AtomicLong calls = new AtomicLong();

	private final AtomicLong messages = new AtomicLong();

	private final CountDownLatch streamsEnded = new CountDownLatch(8);

	private volatile boolean running = true;

	Callers(Channel channel) {
		this.channel = channel;
		for (int i = 0; i < 8; i++) {
			Thread thread = new Thread(this::callUnary, "caller-" + i);
			thread.start();
			this.threads.add(thread);
			new Stream((i < 4) ? Integer.MAX_VALUE : 20).open();
		}
	}

	Queue<Throwable> failures() {
		return this.failures;
	}

	int brokenStreams() {
		return this.brokenStreams.get();
	}

	int outlivedStreams() {
		return this.outlivedStreams.get();
	}

	long calls() {
		return this.calls.get();
	}

	long messages() {
		return this.messages.get();
	}

	void awaitProgress() {
		long callsBefore = this.calls.get();
		long messagesBefore = this.messages.get();
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.calls.get() > callsBefore + 20 && this.messages.get() > messagesBefore + 20);
	}

	void stop() throws InterruptedException {
		this.running = false;
		for (Thread thread : this.threads) {
			thread.join(10_000);
		}
		if (!this.streamsEnded.await(10, TimeUnit.SECONDS)) {
			throw new IllegalStateException("streams that do not end: " + this.streamsEnded.getCount());
		}
	}

	@Override
	public void close() {
		this.running = false;
	}

	private void callUnary() {
		while (this.running) {
			try {
				TestApplication.check(this.channel);
				this.calls.incrementAndGet();
			}
			catch (StatusRuntimeException ex) {
				this.failures.add(ex);
			}
		}
	}

	/** One message at a time, to and fro. */
	private final class Stream implements StreamObserver<ServerReflectionResponse> {

		private final int length;

		private StreamObserver<ServerReflectionRequest> requests;

		private int received;

		private Stream(int length) {
			this.length = length;
			this.requests = ServerReflectionGrpc.newStub(Callers.this.channel).serverReflectionInfo(this);
		}

		private void open() {
			this.requests.onNext(ASK);
		}

		@Override
		public void onNext(ServerReflectionResponse response) {
			Callers.this.messages.incrementAndGet();
			if (!Callers.this.running || ++this.received == this.length) {
				this.requests.onCompleted();
			}
			else {
				this.requests.onNext(ASK);
			}
		}

		@Override
		public void onError(Throwable ex) {
			Status status = Status.fromThrowable(ex);
			if (status.getCode() == Status.Code.UNAUTHENTICATED
					&& String.valueOf(status.getDescription()).endsWith("is not trusted any more")) {
				Callers.this.outlivedStreams.incrementAndGet();
				onCompleted();
				return;
			}
			Callers.this.brokenStreams.incrementAndGet();
			Callers.this.failures.add(ex);
			Callers.this.streamsEnded.countDown();
		}

		@Override
		public void onCompleted() {
			if (Callers.this.running) {
				new Stream(this.length).open();
			}
			else {
				Callers.this.streamsEnded.countDown();
			}
		}

	}

}
