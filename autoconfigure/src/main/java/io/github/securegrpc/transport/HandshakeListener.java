package io.github.securegrpc.transport;

/**
 * Is told of every handshake, each listener in order and on a thread of its own, where it
 * may take its time: no connection waits for it. If it does not keep up, 1,024 handshakes
 * wait for it, and further ones are not told to it, which is logged. The connection may
 * be closed by then. Every bean of this type is told.
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
