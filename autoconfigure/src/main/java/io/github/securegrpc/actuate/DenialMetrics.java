package io.github.securegrpc.actuate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.securegrpc.peer.Denial;
import io.github.securegrpc.peer.ImmediateDenialListener;
import io.github.securegrpc.server.ListeningServer;

/**
 * Counts denied calls; what would be denied in shadow mode is not denied. Methods that
 * the server does not have are counted as one: with a fallback registry their names are
 * the peer's invention. Thread-safe.
 */
final class DenialMetrics implements MeterBinder, ImmediateDenialListener {

	private final ListeningServer server;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	DenialMetrics(ListeningServer server) {
		this.server = server;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
	}

	@Override
	public void denied(Denial denial) {
		if (denial.enforced()) {
			String method = this.server.hasMethod(denial.method()) ? denial.method() : "other";
			this.registries.forEach((registry) -> Counter.builder("secure.grpc.calls.denied")
				.description("Calls that were denied, or ended because their peer is not authenticated any more.")
				.tag("reason", denial.reason().label())
				.tag("method", method)
				.register(registry)
				.increment());
		}
	}

}
