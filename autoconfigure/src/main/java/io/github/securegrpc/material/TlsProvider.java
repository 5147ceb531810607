package io.github.securegrpc.material;

/**
 * Who implements TLS.
 *
 * @since 0.1.0
 */
public enum TlsProvider {

	/** OpenSSL (BoringSSL) where it is there and can serve the key, else the JDK. */
	AUTO,

	/** OpenSSL (BoringSSL) by netty-tcnative. */
	OPENSSL,

	/** The JDK's JSSE. */
	JDK

}
