package io.github.securegrpc.transport;

import java.util.List;
import java.util.function.Supplier;

/**
 * Tells all listeners of each handshake, but of those that we made with ourselves.
 */
record HandshakeListeners(Supplier<List<HandshakeListener>> all, OwnConnections own) implements HandshakeListener {

	@Override
	public void completed(Handshake handshake) {
		if (!this.own.isOwn(handshake)) {
			this.all.get()
				.stream()
				.filter((listener) -> listener != this)
				.forEach((listener) -> listener.completed(handshake));
		}
	}

}
