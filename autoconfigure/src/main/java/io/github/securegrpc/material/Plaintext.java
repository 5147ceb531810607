package io.github.securegrpc.material;

/**
 * Where plaintext is permitted. It is never the answer to something missing.
 *
 * @since 0.1.0
 */
public enum Plaintext {

	/** Nowhere. */
	REFUSE,

	/** On loopback addresses and Unix domain sockets, instead of TLS. */
	LOOPBACK,

	/** On any address, instead of TLS. */
	ANYWHERE

}
