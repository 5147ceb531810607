package io.github.securegrpc.server;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.rotation.RotatingMaterial;

/**
 * What was decided for the server, every default filled in and every guard passed.
 *
 * @param material the material, or {@code null} for plaintext
 * @param plaintext where plaintext is spoken instead; {@link Plaintext#REFUSE} with TLS
 * @param clientAuth whether clients are asked for a certificate
 * @param protocols the TLS versions
 * @param ciphers the cipher suites, or empty
 * @param handshakeTimeout time from accept to the end of the HTTP/2 preface
 * @param maxConnectionAge age after which a connection is closed, or {@code null}
 * @param limits limits of what one peer may do
 * @since 0.1.0
 */
public record SecureServer(@Nullable RotatingMaterial material, Plaintext plaintext, ClientAuth clientAuth,
		List<String> protocols, List<String> ciphers, Duration handshakeTimeout, @Nullable Duration maxConnectionAge,
		ServerProperties.Limits limits) {

}
