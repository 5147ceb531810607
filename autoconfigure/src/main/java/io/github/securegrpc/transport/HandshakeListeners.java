package io.github.securegrpc.transport;

import java.util.List;
import java.util.function.Supplier;

/**
 * Tells all listeners of each handshake, but of those that we made with ourselves.
 */
record HandshakeListeners(Supplier<List<HandshakeListener>> listeners, OwnConnections own) {

	void completed(Handshake handshake) {
		if (!this.own.isOwn(handshake)) {
			this.listeners.get().forEach((listener) -> listener.completed(handshake));
		}
	}

}
