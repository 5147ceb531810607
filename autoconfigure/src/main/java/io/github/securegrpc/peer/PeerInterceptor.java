package io.github.securegrpc.peer;

import java.time.Clock;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Asks at each call whether its peer is still who it was and may call the method; if so,
 * the call's context knows the peer. Thread-safe.
 */
final class PeerInterceptor implements ServerInterceptor {

	private final CallRules rules;

	private final TrustInForce trust;

	private final Denials denials;

	private final Clock clock;

	PeerInterceptor(CallRules rules, TrustInForce trust, Denials denials, Clock clock) {
		this.rules = rules;
		this.trust = trust;
		this.denials = denials;
		this.clock = clock;
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		PeerConnection connection = call.getAttributes().get(PeerConnection.KEY);
		if (connection == null) {
			Denial denial = unknown(call);
			return refuse(call, denial, Status.UNAUTHENTICATED
				.withDescription("%s: the connection is not known".formatted(denial.method())));
		}
		PeerIdentity peer = connection.caller().peer();
		if (peer == null) {
			Denial denial = denial(connection, call);
			if (denial != null) {
				return refuse(call, denial, Denials.status(denial));
			}
			audit(connection, call);
			return Contexts.interceptCall(context(connection), call, headers, next);
		}
		// registered before it is judged: who looks from now on sees it, and it sees what
		// they saw
		OpenCall<Q, A> open = new OpenCall<>(call, connection);
		connection.calls().add(open);
		boolean started = false;
		try {
			Denial denial = denial(connection, call);
			if (denial != null) {
				open.end(denial, this.denials);
				return new Refused<>();
			}
			audit(connection, call);
			Context context = context(connection).withValue(PeerIdentity.KEY, peer);
			ServerCall.Listener<Q> listener = open.listener(Contexts.interceptCall(context, open, headers, next));
			started = true;
			return listener;
		}
		finally {
			if (!started) {
				connection.calls().remove(open);
			}
		}
	}

	private static Context context(PeerConnection connection) {
		Context current = Context.current();
		ClientAddress address = connection.address();
		return (address != null && ClientAddress.KEY.get(current) == null)
				? current.withValue(ClientAddress.KEY, address) : current;
	}

	private void audit(PeerConnection connection, ServerCall<?, ?> call) {
		if (connection.isFirstCall()) {
			this.denials.audit().firstCall(method(call), Denial.Caller.of(call));
		}
	}

	private <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Denial denial, Status status) {
		this.denials.tell(denial);
		call.close(status, new Metadata());
		return new Refused<>();
	}

	private static Denial unknown(ServerCall<?, ?> call) {
		return new Denial(Denial.Reason.BYPASSED, method(call), Denial.Caller.of(call),
				"the connection is not known: another ServerTransportFilter replaced its attributes", true);
	}

	private @Nullable Denial denial(PeerConnection connection, ServerCall<?, ?> call) {
		PeerConnection.Loss loss = connection.loss(this.clock.instant(), this.trust.current());
		if (loss != null) {
			return new Denial(loss.reason(), method(call), Denial.Caller.of(call), loss.detail(), true);
		}
		CallRules.Objection objection = this.rules.objection(method(call), connection.caller().peer());
		if (objection == null) {
			return null;
		}
		Denial denial = new Denial(objection.reason(), method(call), Denial.Caller.of(call), objection.detail(),
				objection.enforced());
		if (!denial.enforced()) {
			this.denials.tell(denial);
			return null;
		}
		return denial;
	}

	private static String method(ServerCall<?, ?> call) {
		return call.getMethodDescriptor().getFullMethodName();
	}

	/** Hears of a call that was refused, and does nothing. */
	private static final class Refused<Q> extends ServerCall.Listener<Q> {

	}

}
