package io.github.securegrpc.validation;

import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import io.github.securegrpc.material.ValidationMode;

/**
 * How the certificates of peers are judged, whatever the trust anchors are. Immutable.
 *
 * @param mode whether our rules are applied on top of PKIX
 * @param pins the public keys of which one must be in the path; empty for any
 * @param clock tells the time
 * @since 0.1.0
 */
public record TrustRules(ValidationMode mode, Set<Pin> pins, Clock clock) {

	public TrustRules {
		pins = Set.copyOf(pins);
	}

	/**
	 * Returns a trust manager with these rules. It is immutable and thread-safe; its
	 * exceptions say in words why a peer is refused.
	 * @param anchors the trust anchors
	 * @param judged is told of each engine whose peer is about to be judged
	 * @return the trust manager
	 */
	public X509ExtendedTrustManager trustManager(AnchorSet anchors, Consumer<SSLEngine> judged) {
		return new PeerTrustManager(anchors, this, judged);
	}

	boolean isStrict() {
		return this.mode == ValidationMode.STRICT;
	}

}
