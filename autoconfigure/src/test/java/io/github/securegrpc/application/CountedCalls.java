package io.github.securegrpc.application;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.beans.factory.DisposableBean;

/**
 * A service that lets its callers wait until a hundred calls are open, and a moment
 * longer, so that it can tell how many it would get.
 */
@GrpcService
class CountedCalls implements BindableService, DisposableBean {

	static final String METHOD = "test.Counted/Call";

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final AtomicInteger served = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	private final Queue<StreamObserver<String>> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger most = new AtomicInteger();

	int served() {
		return this.served.get();
	}

	/* How many were open at once. */
	int most() {
		return this.most.get();
	}

	@Override
	public ServerServiceDefinition bindService() {
		return ServerServiceDefinition.builder("test.Counted")
			.addMethod(MethodDescriptor.newBuilder(WhoCalls.TEXT, WhoCalls.TEXT)
				.setType(MethodDescriptor.MethodType.UNARY)
				.setFullMethodName(METHOD)
				.build(), ServerCalls.asyncUnaryCall((request, response) -> receive(response)))
			.build();
	}

	private void receive(StreamObserver<String> response) {
		this.waiting.add(response);
		int now = this.open.incrementAndGet();
		this.most.accumulateAndGet(now, Math::max);
		if (now == 100) {
			var unused = this.timer.schedule(this::answer, 50, TimeUnit.MILLISECONDS);
		}
	}

	private void answer() {
		List<StreamObserver<String>> answered = List.copyOf(this.waiting);
		this.waiting.removeAll(answered);
		// before a caller can open another
		this.open.addAndGet(-answered.size());
		this.served.addAndGet(answered.size());
		for (StreamObserver<String> response : answered) {
			response.onNext("");
			response.onCompleted();
		}
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

}
