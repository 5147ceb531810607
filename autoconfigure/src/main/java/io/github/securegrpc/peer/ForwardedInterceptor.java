package io.github.securegrpc.peer;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.time.Clock;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

import io.github.securegrpc.peer.rules.TrustedProxies;
import io.github.securegrpc.text.Printable;
import io.github.securegrpc.text.PrintableLog;
import io.github.securegrpc.validation.LogLimit;

/**
 * Has the context of a call know where it came from, by the word of trusted proxies.
 * Stands before whoever asks for it. Thread-safe.
 */
final class ForwardedInterceptor implements ServerInterceptor {

	private static final PrintableLog logger = PrintableLog.of(ForwardedInterceptor.class);

	private final TrustedProxies proxies;

	private final ForwardedFor forwardedFor;

	private final LogLimit limit;

	ForwardedInterceptor(TrustedProxies proxies, Clock clock) {
		this.proxies = proxies;
		this.limit = new LogLimit(clock,
				(leftOut) -> logger.warn("Addresses that trusted proxies forward: " + LogLimit.words(leftOut)));
		this.forwardedFor = new ForwardedFor(proxies);
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		PeerConnection connection = call.getAttributes().get(PeerConnection.KEY);
		if (connection == null || !connection.isOf(this.proxies)) {
			return next.startCall(call, headers);
		}
		InetAddress client = this.forwardedFor.client(headers);
		if (client == null) {
			warnOfDisbelief(connection, headers);
			return next.startCall(call, headers);
		}
		Context context = Context.current().withValue(ClientAddress.KEY, new ClientAddress(client, true));
		return Contexts.interceptCall(context, call, headers, next);
	}

	/* The log has at least what was said. */
	private void warnOfDisbelief(PeerConnection connection, Metadata headers) {
		SocketAddress proxy = connection.caller().address();
		if (ForwardedFor.isSaid(headers) && this.limit.admits(proxy)) {
			logger.warn(
					"The trusted proxy %s forwards no address that can be believed (%s; expected: IP addresses that do not contradict each other). Have it set both headers itself."
						.formatted(Printable.address(proxy), Printable.text(ForwardedFor.words(headers))));
		}
	}

}
