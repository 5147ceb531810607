package io.github.securegrpc.devh.repair;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.X509CertificateAuthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Reads the peer of a call from its TLS session: the peer is its leaf, the first
 * certificate of the chain it presented, the only one whose key the handshake proved (RFC
 * 8446, 4.4.2). Takes the place of net.devh's {@code SSLContextGrpcAuthenticationReader},
 * which takes the last.
 * <p>
 * A call without a TLS session, or whose peer presented no certificate, has no
 * authentication here: another reader may find one, and authorization has to refuse a
 * call that has none. Stateless, safe for any thread.
 *
 * @since 0.1.0
 */
public final class LeafAuthenticationReader implements GrpcAuthenticationReader {

	@Override
	public @Nullable Authentication readAuthentication(ServerCall<?, ?> call, Metadata headers) {
		SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
		return (session != null && leaf(session) instanceof X509Certificate leaf)
				? new X509CertificateAuthentication(leaf) : null;
	}

	private static @Nullable Certificate leaf(SSLSession session) {
		try {
			Certificate[] chain = session.getPeerCertificates();
			return (chain.length > 0) ? chain[0] : null;
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

}
