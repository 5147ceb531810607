package io.github.securegrpc.transport;

import java.util.List;
import java.util.function.Supplier;

import io.github.securegrpc.rotation.Teller;
import io.github.securegrpc.rotation.Tellers;

/**
 * Tells all listeners of each handshake, but of those that we made with ourselves. What a
 * listener does harms neither the connection nor the other listeners. Thread-safe.
 */
final class HandshakeListeners implements HandshakeListener {

	private final Tellers<Handshake> tellers;

	private final OwnConnections own;

	HandshakeListeners(Supplier<List<HandshakeListener>> all, OwnConnections own) {
		this.tellers = new Tellers<>("handshakes",
				() -> all.get()
					.stream()
					.filter((listener) -> listener != this)
					.map(HandshakeListeners::teller)
					.toList());
		this.own = own;
	}

	@Override
	public void completed(Handshake handshake) {
		if (!this.own.isOwn(handshake)) {
			this.tellers.tell(handshake);
		}
	}

	private static Teller<Handshake> teller(HandshakeListener listener) {
		return (listener instanceof ImmediateHandshakeListener) ? Teller.atOnce(listener, listener::completed)
				: Teller.later(listener, listener::completed);
	}

}
