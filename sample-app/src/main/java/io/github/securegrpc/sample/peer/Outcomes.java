package io.github.securegrpc.sample.peer;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * What became of the messages to peers, counted. Thread-safe.
 */
final class Outcomes implements MeterBinder {

	private final Map<Outcome.Kind, LongAdder> counts = new EnumMap<>(Outcome.Kind.class);

	Outcomes() {
		for (Outcome.Kind kind : Outcome.Kind.values()) {
			this.counts.put(kind, new LongAdder());
		}
	}

	void add(Outcome outcome) {
		count(outcome.kind()).increment();
	}

	long of(Outcome.Kind kind) {
		return count(kind).sum();
	}

	private LongAdder count(Outcome.Kind kind) {
		return this.counts.getOrDefault(kind, new LongAdder());
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.counts.forEach((kind, count) -> FunctionCounter.builder("sample.peer.messages", count, LongAdder::sum)
			.description("Messages sent to other peers")
			.baseUnit("messages")
			.tag("outcome", kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.register(registry));
	}

}
