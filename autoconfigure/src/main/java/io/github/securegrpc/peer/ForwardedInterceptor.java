package io.github.securegrpc.peer;

import java.net.InetAddress;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.peer.rules.TrustedProxies;

/**
 * Has the context of a call know where it came from, by the word of trusted proxies.
 * Stands before whoever asks for it. Thread-safe.
 */
final class ForwardedInterceptor implements ServerInterceptor {

	private final TrustedProxies proxies;

	private final ForwardedFor forwardedFor;

	ForwardedInterceptor(TrustedProxies proxies) {
		this.proxies = proxies;
		this.forwardedFor = new ForwardedFor(proxies);
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		PeerConnection connection = call.getAttributes().get(PeerConnection.KEY);
		InetAddress client = (connection != null && isProxy(connection)) ? this.forwardedFor.client(headers) : null;
		if (client == null) {
			return next.startCall(call, headers);
		}
		Context context = Context.current().withValue(ClientAddress.KEY, new ClientAddress(client, true));
		return Contexts.interceptCall(context, call, headers, next);
	}

	private boolean isProxy(PeerConnection connection) {
		PeerIdentity peer = connection.caller().peer();
		return this.proxies.trust((peer != null) ? peer.comparable() : null, address(connection.address()));
	}

	private static @Nullable InetAddress address(@Nullable ClientAddress connection) {
		return (connection != null) ? connection.address() : null;
	}

}
