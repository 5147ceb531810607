package io.github.securegrpc.actuate;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.securegrpc.text.Printable;
import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.ImmediateHandshakeListener;

/**
 * Counts handshakes by the names and labels of gRFC A118. Thread-safe.
 */
final class HandshakeMetrics implements MeterBinder, ImmediateHandshakeListener {

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
	}

	@Override
	public void completed(Handshake handshake) {
		this.registries.forEach((registry) -> counter(registry, handshake).increment());
	}

	private static Counter counter(MeterRegistry registry, Handshake handshake) {
		ChannelTarget channel = handshake.channel();
		Counter.Builder counter = Counter
			.builder((channel != null) ? "grpc.client.tls.handshakes" : "grpc.server.tls.handshakes")
			.description("TLS handshakes that ended, well or not.")
			.baseUnit("handshakes")
			.tag("grpc.tls.handshake.result", handshake.end().result().name())
			.tag("grpc.tls.handshake.resumed", resumed(handshake));
		return ((channel != null) ? counter.tag("grpc.target", Printable.line(channel.label())) : counter)
			.register(registry);
	}

	/* Every time series of a name has the same labels: what is not known is said so. */
	private static String resumed(Handshake handshake) {
		return (handshake.end() instanceof Handshake.Completed completed) ? completed.resumption().name()
				: Handshake.Resumption.UNKNOWN.name();
	}

}
