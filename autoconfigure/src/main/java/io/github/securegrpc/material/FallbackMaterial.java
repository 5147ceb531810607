package io.github.securegrpc.material;

/**
 * Supplies what the configuration leaves out, such as certificates for development. A
 * part that the configuration names is never replaced.
 *
 * @since 0.1.0
 */
public interface FallbackMaterial {

	/**
	 * Returns the source for a server without a certificate or without trust anchors.
	 * @return a source of both
	 */
	TlsMaterialSource server();

	/**
	 * Returns the source for clients without a certificate or without trust anchors.
	 * @return a source of both
	 */
	TlsMaterialSource client();

}
