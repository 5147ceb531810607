package io.github.securegrpc.peer;

import io.grpc.Attributes;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.validation.TrustRules;

/**
 * A server whose peers are asked who they are.
 *
 * @param material the server's material, or {@code null} where it speaks plaintext or
 * asks no client for a certificate: its peers have no identity
 * @param clientAuth whether a peer without a certificate may call at all
 * @param trust how the certificates of its peers are judged
 * @param connections its connections
 * @since 0.1.0
 */
public record GuardedServer(@Nullable RotatingMaterial material, ClientAuth clientAuth, TrustRules trust,
		Connections connections) {

	/**
	 * What the transport knows of connections. Thread-safe.
	 */
	public interface Connections {

		/**
		 * Returns whether a connection was made the way that was decided for the server.
		 * No call is served on any other.
		 * @param transport the transport attributes of the connection
		 * @return whether it was
		 */
		boolean areOurs(Attributes transport);

		/**
		 * Closes a connection gracefully.
		 * @param transport the transport attributes of the connection
		 */
		void close(Attributes transport);

	}

}
