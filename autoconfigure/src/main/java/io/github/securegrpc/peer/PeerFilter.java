package io.github.securegrpc.peer;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import org.jspecify.annotations.Nullable;

/**
 * Reads who is at the other end of each new connection, once. Thread-safe.
 */
final class PeerFilter extends ServerTransportFilter {

	private final TrustInForce trust;

	private final PeerWatch watch;

	private final Consumer<Attributes> closer;

	PeerFilter(TrustInForce trust, PeerWatch watch, Consumer<Attributes> closer) {
		this.trust = trust;
		this.watch = watch;
		this.closer = closer;
	}

	@Override
	public Attributes transportReady(Attributes transport) {
		PeerConnection connection = new PeerConnection(
				new Denial.Caller(peer(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION)),
						transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
				this.trust.current(), () -> this.closer.accept(transport));
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

	private static @Nullable PeerIdentity peer(@Nullable SSLSession session) {
		if (session == null) {
			return null;
		}
		try {
			List<X509Certificate> chain = new ArrayList<>();
			for (Certificate certificate : session.getPeerCertificates()) {
				chain.add((X509Certificate) certificate);
			}
			return chain.isEmpty() ? null : new PeerIdentity(chain);
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

}
