package io.github.securegrpc.application;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeResult;
import io.github.securegrpc.transport.ImmediateHandshakeListener;

/**
 * Keeps every handshake of an application.
 */
final class HandshakeRecorder implements ImmediateHandshakeListener {

	private final MeterRegistry registry;

	private final List<Handshake> handshakes = new CopyOnWriteArrayList<>();

	private HandshakeRecorder(MeterRegistry registry) {
		this.registry = registry;
	}

	static HandshakeRecorder in(ConfigurableApplicationContext context) {
		HandshakeRecorder recorder = new HandshakeRecorder(context.getBean(MeterRegistry.class));
		context.getBeanFactory().registerSingleton("recorder", recorder);
		return recorder;
	}

	@Override
	public void completed(Handshake handshake) {
		this.handshakes.add(handshake);
	}

	List<Handshake> all() {
		return List.copyOf(this.handshakes);
	}

	void clear() {
		this.handshakes.clear();
	}

	/* The one handshake since the last call. */
	Handshake next() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(10))
			.until(() -> !this.handshakes.isEmpty());
		Handshake handshake = this.handshakes.get(0);
		this.handshakes.clear();
		return handshake;
	}

	/* The first one of a channel: others may connect anew meanwhile. */
	Handshake nextOf(String channel) {
		Handshake handshake = Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.handshakes.stream()
				.filter((it) -> it.channel() != null && it.channel().channel().equals(channel))
				.findFirst()
				.orElse(null), Objects::nonNull);
		this.handshakes.clear();
		return handshake;
	}

	/* How often a result was counted, by the names of gRFC A118. */
	double counted(String side, HandshakeResult result, Handshake.Resumption resumption) {
		return this.registry.get("grpc.%s.tls.handshakes".formatted(side))
			.tag("grpc.tls.handshake.result", result.name())
			.tag("grpc.tls.handshake.resumed", resumption.name())
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

}
