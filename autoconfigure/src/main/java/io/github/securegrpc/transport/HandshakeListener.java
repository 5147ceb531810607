package io.github.securegrpc.transport;

/**
 * Is told of every handshake, and of what it proved that holds no longer. Called on event
 * loops: must not block or throw.
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

	/**
	 * The leaf of a server that a channel is connected to has expired. What is open on
	 * the connection ends with it, ten seconds later.
	 * @param channel the channel
	 */
	default void expired(ChannelTarget channel) {
	}

}
