package io.github.securegrpc.transport;

/**
 * Is told of every handshake. Called on event loops: must not block or throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface HandshakeListener {

	/**
	 * A handshake ended.
	 * @param handshake what came of it
	 */
	void completed(Handshake handshake);

}
