package io.github.securegrpc.material;

import org.jspecify.annotations.Nullable;

/**
 * Where each part of the material comes from, in words that may be logged: a location and
 * the property that names it, such as
 * {@code file:/etc/tls/tls.crt (secure-grpc.server.cert)}. Never holds content.
 *
 * @param cert where the certificate chain comes from, or {@code null} without an identity
 * @param key where the private key comes from, or {@code null} without an identity
 * @param ca where the trust anchors come from, or {@code null} without trust anchors
 * @param crl where the revocation lists come from, or {@code null} without any
 * @since 0.1.0
 */
public record MaterialOrigin(@Nullable String cert, @Nullable String key, @Nullable String ca, @Nullable String crl) {

	/**
	 * Creates an origin without revocation lists.
	 * @param cert where the certificate chain comes from, or {@code null}
	 * @param key where the private key comes from, or {@code null}
	 * @param ca where the trust anchors come from, or {@code null}
	 */
	public MaterialOrigin(@Nullable String cert, @Nullable String key, @Nullable String ca) {
		this(cert, key, ca, null);
	}

	/**
	 * Returns the same origin with that of the revocation lists.
	 * @param crl where the revocation lists come from, or {@code null} without any
	 * @return the origin of all parts
	 */
	public MaterialOrigin withCrl(@Nullable String crl) {
		return new MaterialOrigin(this.cert, this.key, this.ca, crl);
	}

}
