package io.github.securegrpc.transport;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells all listeners of each handshake, but of those that we made with ourselves.
 */
record HandshakeListeners(Supplier<List<HandshakeListener>> all, OwnConnections own) implements HandshakeListener {

	@Override
	public void completed(Handshake handshake) {
		if (!this.own.isOwn(handshake)) {
			tell((listener) -> listener.completed(handshake));
		}
	}

	@Override
	public void expired(ChannelTarget channel) {
		tell((listener) -> listener.expired(channel));
	}

	private void tell(Consumer<HandshakeListener> event) {
		this.all.get().stream().filter((listener) -> listener != this).forEach(event);
	}

}
