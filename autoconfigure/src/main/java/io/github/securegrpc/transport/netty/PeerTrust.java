package io.github.securegrpc.transport.netty;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Objects;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.rotation.Generation;
import io.github.securegrpc.transport.OwnEnd;

/**
 * Whom one generation believes, also after a handshake: of a peer that was judged by
 * another generation, or not in this handshake because its session was resumed.
 *
 * @param generation the number of the generation
 * @param end our end of its handshakes, of whichever channel
 * @param anchors its trust anchors, or {@code null} for the JVM's roots or where no peer
 * is asked for a certificate
 * @param lists its revocation lists, or {@code null} without any
 * @param judge judges peers, or {@code null} where none is asked for a certificate
 */
record PeerTrust(int generation, OwnEnd end, @Nullable TrustAnchors anchors, @Nullable RevocationLists lists,
		@Nullable X509ExtendedTrustManager judge) {

	static PeerTrust of(Generation generation, @Nullable X509ExtendedTrustManager judge) {
		TlsMaterial material = generation.material();
		return new PeerTrust(generation.number(), OwnEnd.of(null, material), material.trustAnchors(),
				material.revocationLists(), judge);
	}

	OwnEnd end(@Nullable String channel) {
		return new OwnEnd(channel, this.end.hasCertificate(), this.end.asked());
	}

	boolean believesTheSame(PeerTrust other) {
		return Objects.equals(this.anchors, other.anchors) && Objects.equals(this.lists, other.lists);
	}

	/* Returns why the peer of a connection is refused, or null if it is accepted. */
	@Nullable CertificateException refusal(SSLEngine connected) {
		if (this.judge == null) {
			return new CertificateException("nobody judges the peers of generation " + this.generation);
		}
		SSLSession session = connected.getSession();
		try {
			X509Certificate[] chain = Arrays.stream(session.getPeerCertificates()).toArray(X509Certificate[]::new);
			SSLEngine judged = new JudgedEngine(connected);
			if (connected.getUseClientMode()) {
				this.judge.checkServerTrusted(chain, keyExchange(session), judged);
			}
			else {
				// as JSSE has it in a handshake: what was judged there is not judged
				// twice
				this.judge.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm(), judged);
			}
			return null;
		}
		catch (SSLPeerUnverifiedException ex) {
			return new CertificateException("the peer has no certificate", ex);
		}
		catch (CertificateException ex) {
			return ex;
		}
		catch (RuntimeException | StackOverflowError ex) {
			// whom it cannot judge, it does not accept
			return new CertificateException("the peer cannot be judged: " + ex, ex);
		}
	}

	/* As JSSE has it: since TLS 1.3 a cipher suite does not say. */
	private static String keyExchange(SSLSession session) {
		String suite = session.getCipherSuite();
		int end = suite.indexOf("_WITH_");
		return (end < 0) ? "UNKNOWN" : suite.substring("TLS_".length(), end);
	}

}
