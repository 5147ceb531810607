package io.github.securegrpc.transport;

/**
 * Is told of every handshake on the event loop of its connection, before any call of the
 * connection. It must not block: it would hold up every connection of the event loop.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ImmediateHandshakeListener extends HandshakeListener {

}
