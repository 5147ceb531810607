package io.github.securegrpc.material;

import org.jspecify.annotations.Nullable;

/**
 * Everything one side of a connection needs for TLS, loaded and replaced together.
 * Immutable, and never prints its key.
 *
 * @param identity who we are, or {@code null} for a client that presents no certificate
 * @param trustAnchors whom we believe, or {@code null} where nobody is asked for a
 * certificate (server) or where the JVM's roots decide (client)
 * @param revocationLists whom we believe no more, or {@code null} where nobody keeps
 * lists
 * @since 0.1.0
 */
public record TlsMaterial(@Nullable Identity identity, @Nullable TrustAnchors trustAnchors,
		@Nullable RevocationLists revocationLists) {

	/**
	 * Creates material without revocation lists.
	 * @param identity who we are, or {@code null}
	 * @param trustAnchors whom we believe, or {@code null}
	 */
	public TlsMaterial(@Nullable Identity identity, @Nullable TrustAnchors trustAnchors) {
		this(identity, trustAnchors, null);
	}

	/**
	 * Returns a digest of the whole content, key included, so that two loads can be
	 * compared without keeping either.
	 * @return the SHA-256, in lower-case hex
	 */
	public String fingerprint() {
		return Fingerprint.of(this);
	}

}
