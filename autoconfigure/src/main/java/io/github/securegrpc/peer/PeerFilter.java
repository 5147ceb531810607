package io.github.securegrpc.peer;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;

/**
 * Reads who is at the other end of each new connection, once. Thread-safe.
 */
final class PeerFilter extends ServerTransportFilter {

	private final TrustInForce trust;

	private final PeerWatch watch;

	private final GuardedServer server;

	PeerFilter(TrustInForce trust, PeerWatch watch, GuardedServer server) {
		this.trust = trust;
		this.watch = watch;
		this.server = server;
	}

	@Override
	public Attributes transportReady(Attributes transport) {
		// a session without a certificate answers with an exception: it is not asked in
		// vain
		PeerIdentity peer = (this.server.clientAuth() != ClientAuth.NONE) ? PeerIdentity.of(transport).orElse(null)
				: null;
		Denial.Caller caller = new Denial.Caller(peer, transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
		PeerConnection connection = new PeerConnection(caller, this.trust.current(), objection(caller, transport),
				() -> this.server.connections().close(transport));
		this.watch.opened(connection, this.trust);
		return transport.toBuilder().set(PeerConnection.KEY, connection).build();
	}

	@Override
	public void transportTerminated(@Nullable Attributes transport) {
		PeerConnection connection = (transport != null) ? transport.get(PeerConnection.KEY) : null;
		if (connection != null) {
			this.watch.closed(connection);
		}
	}

	/*
	 * Whatever made the connection, the server's rules hold: it may not be the transport
	 * that was to enforce them.
	 */
	private PeerConnection.@Nullable Loss objection(Denial.Caller caller, Attributes transport) {
		if (!this.server.connections().areOurs(transport)) {
			return new PeerConnection.Loss(Denial.Reason.BYPASSED,
					"the connection was not made by the transport that was decided: something replaced it");
		}
		return (caller.peer() == null && this.server.clientAuth() == ClientAuth.REQUIRE)
				? new PeerConnection.Loss(Denial.Reason.NO_CERTIFICATE, "client-auth is require") : null;
	}

}
