package io.github.securegrpc.transport.netty;

import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.rotation.Generation;

/**
 * Whom one generation believes.
 *
 * @param generation the number of the generation
 * @param anchors its trust anchors, or {@code null} for the JVM's roots or where no peer
 * is asked for a certificate
 * @param lists its revocation lists, or {@code null} without any
 * @param judge judges peers, or {@code null} where none is asked for a certificate
 */
record PeerTrust(int generation, @Nullable TrustAnchors anchors, @Nullable RevocationLists lists,
		@Nullable X509ExtendedTrustManager judge) {

	static PeerTrust of(Generation generation, @Nullable X509ExtendedTrustManager judge) {
		TlsMaterial material = generation.material();
		return new PeerTrust(generation.number(), material.trustAnchors(), material.revocationLists(), judge);
	}

}
