package io.github.securegrpc.peer;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import io.github.securegrpc.text.Printable;

/**
 * Has the name of a call's peer, the name of its user and where it came from in the
 * logging context while code of the call runs. Stands behind {@link PeerInterceptor}.
 * Thread-safe.
 */
final class PeerMdcInterceptor implements ServerInterceptor {

	private static final String PEER = "peer";

	/* As OpenTelemetry names them. */
	private static final String USER = "user.name";

	private static final String ADDRESS = "client.address";

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		Map<String, String> names = names();
		return named(names, () -> new NamedListener<>(next.startCall(call, headers), names));
	}

	private static Map<String, String> names() {
		Map<String, String> names = new LinkedHashMap<>();
		PeerIdentity.current().ifPresent((peer) -> names.put(PEER, peer.name()));
		BasicUser.current().ifPresent((user) -> names.put(USER, Printable.line(user.getName())));
		ClientAddress.current()
			.ifPresent((client) -> names.put(ADDRESS, Printable.address(new InetSocketAddress(client.address(), 0))));
		return names;
	}

	/*
	 * The thread may be somebody's who has a peer of his own: what was there comes back.
	 */
	private static <T> T named(Map<String, String> names, Supplier<T> event) {
		Map<String, @Nullable String> before = new LinkedHashMap<>();
		names.forEach((key, name) -> {
			before.put(key, MDC.get(key));
			MDC.put(key, name);
		});
		try {
			return event.get();
		}
		finally {
			before.forEach((key, name) -> {
				if (name != null) {
					MDC.put(key, name);
				}
				else {
					MDC.remove(key);
				}
			});
		}
	}

	private static final class NamedListener<Q> extends SimpleForwardingServerCallListener<Q> {

		private final Map<String, String> names;

		private NamedListener(ServerCall.Listener<Q> delegate, Map<String, String> names) {
			super(delegate);
			this.names = names;
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
			PeerMdcInterceptor.named(this.names, () -> {
				event.run();
				return this;
			});
		}

	}

}
