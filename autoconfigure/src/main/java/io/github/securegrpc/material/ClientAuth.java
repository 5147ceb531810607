package io.github.securegrpc.material;

/**
 * Whether a server asks clients for a certificate.
 *
 * @since 0.1.0
 */
public enum ClientAuth {

	/** Not asked for. */
	NONE,

	/** Asked for; a client may come without one, but not with a bad one. */
	OPTIONAL,

	/** Asked for, and a handshake without one fails. */
	REQUIRE

}
