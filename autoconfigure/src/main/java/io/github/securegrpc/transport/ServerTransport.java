package io.github.securegrpc.transport;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * How a server's connections are made: over TLS, or in plaintext that somebody wrote
 * down.
 *
 * @param tls the TLS of the server, or {@code null} for plaintext
 * @param loopbackOnly whether connections from elsewhere are closed
 * @param limits what one connection may do
 * @since 0.1.0
 */
public record ServerTransport(@Nullable Tls tls, boolean loopbackOnly, ConnectionLimits limits) {

	/**
	 * The TLS of a server.
	 *
	 * @param material the material that rotates
	 * @param options how TLS is spoken
	 * @param clientAuth whether clients are asked for a certificate
	 */
	public record Tls(RotatingMaterial material, TlsOptions options, ClientAuth clientAuth) {

	}

}
