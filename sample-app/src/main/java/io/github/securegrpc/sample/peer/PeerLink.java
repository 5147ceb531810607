package io.github.securegrpc.sample.peer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

import com.google.protobuf.Empty;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;

import io.github.securegrpc.sample.peer.proto.HandShakeRequest;
import io.github.securegrpc.sample.peer.proto.NodeServicesGrpc;
import io.github.securegrpc.sample.peer.proto.NodeServicesGrpc.NodeServicesStub;
import io.github.securegrpc.sample.peer.proto.RootMessage;

/**
 * The channel to one peer. Calls neither block nor depend on the call in which they are
 * made, and a slow peer has a bounded number of them waiting. Thread-safe.
 */
final class PeerLink {

	/* As in P2PFL, whose nodes have two threads to answer with. */
	private static final int SECONDS = 10;

	private static final int MOST_WAITING = 256;

	private final ManagedChannel channel;

	private final Outcomes outcomes;

	private final AtomicInteger waiting = new AtomicInteger();

	PeerLink(ManagedChannel channel, Outcomes outcomes) {
		this.channel = channel;
		this.outcomes = outcomes;
	}

	void handshake(String self, Consumer<Outcome> then) {
		Context.ROOT.run(() -> stub().handshake(request(self), new Answer<>(Outcome::of, then)));
	}

	void send(RootMessage message, Consumer<Outcome> then) {
		Context.ROOT.run(() -> stub().send(message, new Answer<>(Outcome::of, (Outcome outcome) -> {
			this.outcomes.add(outcome);
			then.accept(outcome);
		})));
	}

	/* What has been heard from another, if the peer keeps up. */
	void passOn(RootMessage message) {
		if (this.waiting.incrementAndGet() > MOST_WAITING) {
			this.waiting.decrementAndGet();
			this.outcomes.add(new Outcome(Outcome.Kind.LEFT_OUT, ""));
			return;
		}
		send(message, (outcome) -> this.waiting.decrementAndGet());
	}

	void disconnect(String self) {
		Context.ROOT.run(() -> stub().withDeadlineAfter(1, TimeUnit.SECONDS)
			.disconnect(request(self),
					new Answer<Empty>((empty) -> new Outcome(Outcome.Kind.TAKEN, ""), (outcome) -> close())));
	}

	/* It has called: it can be called again, however often that was in vain. */
	void wake() {
		this.channel.resetConnectBackoff();
	}

	/* What is under way ends by itself. */
	void close() {
		this.channel.shutdown();
	}

	/* At the end of the application, which waits no longer than that. */
	void awaitClosed(long millis) throws InterruptedException {
		if (!this.channel.awaitTermination(millis, TimeUnit.MILLISECONDS)) {
			this.channel.shutdownNow();
		}
	}

	private NodeServicesStub stub() {
		return NodeServicesGrpc.newStub(this.channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
	}

	private static HandShakeRequest request(String self) {
		return HandShakeRequest.newBuilder().setAddr(self).build();
	}

	/**
	 * Turns the answer to a call, or its failure, into its outcome.
	 *
	 * @param <T> the type of the answer
	 * @param reading reads an answer
	 * @param then is told the outcome, once
	 */
	private record Answer<T>(Function<T, Outcome> reading, Consumer<Outcome> then) implements StreamObserver<T> {

		@Override
		public void onNext(T answer) {
			this.then.accept(this.reading.apply(answer));
		}

		@Override
		public void onError(Throwable failure) {
			this.then.accept(Outcome.of(failure));
		}

		@Override
		public void onCompleted() {
			// the one answer was there
		}

	}

}
