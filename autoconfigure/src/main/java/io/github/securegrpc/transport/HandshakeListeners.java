package io.github.securegrpc.transport;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.securegrpc.material.PrintableLog;

/**
 * Tells all listeners of each handshake, but of those that we made with ourselves. A
 * listener that fails harms neither the connection nor the other listeners, and is logged
 * once. Thread-safe.
 */
final class HandshakeListeners implements HandshakeListener {

	private static final PrintableLog logger = PrintableLog.of(HandshakeListeners.class);

	private final Supplier<List<HandshakeListener>> all;

	private final OwnConnections own;

	private final Set<HandshakeListener> failed = ConcurrentHashMap.newKeySet();

	HandshakeListeners(Supplier<List<HandshakeListener>> all, OwnConnections own) {
		this.all = all;
		this.own = own;
	}

	@Override
	public void completed(Handshake handshake) {
		if (!this.own.isOwn(handshake)) {
			this.all.get()
				.stream()
				.filter((listener) -> listener != this)
				.forEach((listener) -> tell(listener, handshake));
		}
	}

	private void tell(HandshakeListener listener, Handshake handshake) {
		try {
			listener.completed(handshake);
		}
		catch (RuntimeException | Error ex) {
			if (this.failed.add(listener)) {
				logger.error("%s failed; the connection is not affected, and this is said once".formatted(listener),
						ex);
			}
		}
	}

}
