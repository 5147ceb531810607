package io.github.securegrpc.peer;

import java.util.function.Supplier;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.slf4j.MDC;

/**
 * Has the name of a call's peer in the logging context while code of the call runs.
 * Stands behind {@link PeerInterceptor}. Thread-safe.
 */
final class PeerMdcInterceptor implements ServerInterceptor {

	private static final String KEY = "peer";

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		PeerIdentity peer = PeerIdentity.KEY.get();
		if (peer == null) {
			return next.startCall(call, headers);
		}
		return named(peer.name(), () -> new NamedListener<>(next.startCall(call, headers), peer.name()));
	}

	/*
	 * The thread may be somebody's who has a peer of his own: what was there comes back.
	 */
	private static <T> T named(String peer, Supplier<T> event) {
		String before = MDC.get(KEY);
		MDC.put(KEY, peer);
		try {
			return event.get();
		}
		finally {
			if (before != null) {
				MDC.put(KEY, before);
			}
			else {
				MDC.remove(KEY);
			}
		}
	}

	private static final class NamedListener<Q> extends SimpleForwardingServerCallListener<Q> {

		private final String peer;

		private NamedListener(ServerCall.Listener<Q> delegate, String peer) {
			super(delegate);
			this.peer = peer;
		}

		@Override
		public void onMessage(Q message) {
			named(() -> super.onMessage(message));
		}

		@Override
		public void onHalfClose() {
			named(super::onHalfClose);
		}

		@Override
		public void onCancel() {
			named(super::onCancel);
		}

		@Override
		public void onComplete() {
			named(super::onComplete);
		}

		@Override
		public void onReady() {
			named(super::onReady);
		}

		private void named(Runnable event) {
			PeerMdcInterceptor.named(this.peer, () -> {
				event.run();
				return this;
			});
		}

	}

}
