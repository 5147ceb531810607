package io.github.securegrpc.material;

import org.jspecify.annotations.Nullable;

/**
 * What one level of the configuration says about TLS material: {@code secure-grpc},
 * {@code secure-grpc.server}, {@code secure-grpc.client} or one of its channels. A pair
 * is whole or absent; a bundle stands alone. Never prints the password.
 *
 * @param prefix the level's prefix, such as {@code secure-grpc.server}
 * @param cert location of the certificate chain
 * @param key location of the private key
 * @param keyPassword password of the private key
 * @param ca location of the trust anchors
 * @param bundle name of an SSL bundle instead of the others
 * @param crl location of the revocation lists
 * @param crlPolicy what it means that they cannot answer; strict when unset
 * @since 0.1.0
 */
public record MaterialLevel(String prefix, @Nullable String cert, @Nullable String key, @Nullable String keyPassword,
		@Nullable String ca, @Nullable String bundle, @Nullable String crl, @Nullable CrlPolicy crlPolicy) {

	/**
	 * Returns whether this level names any certificate, key, trust anchor, revocation
	 * list or bundle.
	 * @return {@code true} if it does
	 */
	public boolean isPresent() {
		return namesIdentity() || this.ca != null || this.bundle != null || this.crl != null;
	}

	/**
	 * Returns whether this level names a certificate or a key.
	 * @return {@code true} if it does
	 */
	public boolean namesIdentity() {
		return this.cert != null || this.key != null;
	}

	/**
	 * Refuses half a pair, a bundle beside another source, and a policy for lists that
	 * are not there.
	 * @return this level
	 * @throws RefusedException if it is one of these
	 */
	public MaterialLevel requireWhole() {
		if (this.bundle != null && (namesIdentity() || this.ca != null)) {
			String other = property((this.cert != null) ? "cert" : (this.key != null) ? "key" : "ca");
			throw new RefusedException(
					"%s and %s are both set (expected: one of them)".formatted(property("bundle"), other),
					"Remove %s or %s: a bundle brings certificate, key and trust anchors.".formatted(property("bundle"),
							other));
		}
		if (this.cert != null && this.key == null) {
			throw half("cert", "key");
		}
		if (this.key != null && this.cert == null) {
			throw half("key", "cert");
		}
		if (this.crlPolicy != null && this.crl == null) {
			throw half("crl-policy", "crl");
		}
		return this;
	}

	private RefusedException half(String present, String missing) {
		return new RefusedException("%s is set without %s (expected: both, at the same level)"
			.formatted(property(present), property(missing)),
				"Set %s, or remove %s.".formatted(property(missing), property(present)));
	}

	/**
	 * Returns the full name of one of the level's properties.
	 * @param name the name in this level, such as {@code cert}
	 * @return the name with its prefix
	 */
	public String property(String name) {
		return this.prefix + "." + name;
	}

	@Override
	public String toString() {
		return "MaterialLevel[%s]".formatted(this.prefix);
	}

}
