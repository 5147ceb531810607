package io.github.securegrpc.material;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A private key and the certificate chain that vouches for it: who we are. Immutable, and
 * never prints its key.
 *
 * @param privateKey the key that proves possession of the leaf
 * @param chain the chain to present, leaf first, each certificate only once
 * @since 0.1.0
 */
public record Identity(PrivateKey privateKey, List<X509Certificate> chain) {

	public Identity {
		chain = chain.stream().distinct().toList();
		if (chain.isEmpty()) {
			throw new IllegalArgumentException("chain: [] (expected: the leaf certificate first)");
		}
	}

	/**
	 * Returns the end-entity certificate, the first of the chain.
	 * @return the leaf
	 */
	public X509Certificate leaf() {
		return this.chain.get(0);
	}

	/**
	 * Returns the moment after which the leaf is no longer valid.
	 * @return the leaf's not-after
	 */
	public Instant expiry() {
		return leaf().getNotAfter().toInstant();
	}

	@Override
	public String toString() {
		return "Identity[subject=%s, serial=%x, expiry=%s]".formatted(leaf().getSubjectX500Principal(),
				leaf().getSerialNumber(), expiry());
	}

}
