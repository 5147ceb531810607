package io.github.securegrpc.transport;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * How a channel connects: over TLS, or in plaintext that somebody wrote down.
 *
 * @param channel the channel and what it dials
 * @param tls the TLS of the channel, or {@code null} for plaintext
 * @param loopbackOnly whether connections to elsewhere are closed
 * @since 0.1.0
 */
public record ChannelTransport(ChannelTarget channel, @Nullable Tls tls, boolean loopbackOnly) {

	/**
	 * The TLS of a channel.
	 *
	 * @param material the material that rotates
	 * @param options how TLS is spoken
	 * @param serverName the name to verify instead of the dialled authority, or
	 * {@code null}
	 */
	public record Tls(RotatingMaterial material, TlsOptions options, @Nullable String serverName) {

	}

}
