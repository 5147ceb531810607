package io.github.securegrpc.actuate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.securegrpc.peer.Denial;
import io.github.securegrpc.peer.DenialListener;

/**
 * Counts denied calls; what would be denied in shadow mode is not denied. Thread-safe.
 */
final class DenialMetrics implements MeterBinder, DenialListener {

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
	}

	@Override
	public void denied(Denial denial) {
		if (denial.enforced()) {
			this.registries.forEach((registry) -> Counter.builder("secure.grpc.calls.denied")
				.description("Calls that were denied, or ended because their peer is not authenticated any more.")
				.tag("reason", denial.reason().label())
				.tag("method", denial.method())
				.register(registry)
				.increment());
		}
	}

}
