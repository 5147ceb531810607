package io.github.securegrpc.peer;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A call that can be ended at any time, from any thread: the peer is told at once, and
 * the application then that the call is cancelled; where the peer takes no answer, with
 * the end of its connection. What the application still writes goes nowhere.
 *
 * @param <Q> the type of requests
 * @param <A> the type of responses
 */
final class OpenCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

	private final PeerConnection connection;

	private boolean closed;

	private volatile boolean ended;

	OpenCall(ServerCall<Q, A> delegate, PeerConnection connection) {
		super(delegate);
		this.connection = connection;
	}

	/*
	 * Nothing passes from here on, either way. It is told of before the peer hears: who
	 * was denied is counted by then. A call that is over, or was ended before, is left
	 * alone.
	 */
	void end(Denial denial, Denials denials) {
		this.connection.calls().remove(this);
		synchronized (this) {
			if (this.closed || this.ended) {
				return;
			}
			this.ended = true;
		}
		try {
			denials.tell(denial);
		}
		finally {
			super.close(Denials.status(denial), new Metadata());
		}
	}

	@Override
	public synchronized void sendHeaders(Metadata headers) {
		if (!this.ended) {
			super.sendHeaders(headers);
		}
	}

	@Override
	public synchronized void sendMessage(A message) {
		if (!this.ended) {
			super.sendMessage(message);
		}
	}

	@Override
	public synchronized void close(Status status, Metadata trailers) {
		if (!this.ended) {
			this.closed = true;
			super.close(status, trailers);
		}
	}

	@Override
	public boolean isReady() {
		return !this.ended && super.isReady();
	}

	@Override
	public boolean isCancelled() {
		return this.ended || super.isCancelled();
	}

	ServerCall.Listener<Q> listener(ServerCall.Listener<Q> application) {
		return new SimpleForwardingServerCallListener<>(application) {

			@Override
			public void onMessage(Q message) {
				if (!OpenCall.this.ended) {
					super.onMessage(message);
				}
			}

			@Override
			public void onHalfClose() {
				if (!OpenCall.this.ended) {
					super.onHalfClose();
				}
			}

			@Override
			public void onReady() {
				if (!OpenCall.this.ended) {
					super.onReady();
				}
			}

			@Override
			public void onCancel() {
				OpenCall.this.connection.calls().remove(OpenCall.this);
				super.onCancel();
			}

			@Override
			public void onComplete() {
				OpenCall.this.connection.calls().remove(OpenCall.this);
				if (OpenCall.this.ended) {
					super.onCancel();
				}
				else {
					super.onComplete();
				}
			}

		};
	}

}
