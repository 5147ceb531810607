package io.github.securegrpc.devh;

import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import org.springframework.core.env.Environment;

import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.rotation.MaterialRotated;
import io.github.securegrpc.rotation.RotationListener;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.Transports;

/**
 * net.devh's channels, secured: each is decided once, when it is first made or, if the
 * properties name it, at start. After a rotation the channels concerned leave their
 * connections: calls in flight finish there, the next call connects anew. Thread-safe.
 */
final class DevhChannels implements RotationListener {

	private final ChannelRules rules;

	private final Transports transports;

	private final TransportSettings settings;

	private final GrpcChannelsProperties properties;

	private final Environment environment;

	private final DevhConflicts conflicts = new DevhConflicts();

	private final Map<String, ChannelTransport> decided = new ConcurrentHashMap<>();

	private final Map<String, ManagedChannel> opened = new ConcurrentHashMap<>();

	private final AtomicInteger rotations = new AtomicInteger();

	DevhChannels(ChannelRules rules, Transports transports, TransportSettings settings,
			GrpcChannelsProperties properties, Environment environment) {
		this.rules = rules;
		this.transports = transports;
		this.settings = settings;
		this.properties = properties;
		this.environment = environment;
	}

	void secure(ManagedChannelBuilder<?> builder, String name) {
		this.transports.secure(builder, decide(name));
	}

	/*
	 * net.devh may connect a channel before we know it: what rotates in the meantime is
	 * made up for.
	 */
	ManagedChannel open(String name, Supplier<ManagedChannel> factory) {
		int before = this.rotations.get();
		ManagedChannel channel = factory.get();
		this.opened.put(name, channel);
		if (this.rotations.get() != before) {
			channel.enterIdle();
		}
		return channel;
	}

	@Override
	public void rotated(MaterialRotated event) {
		this.rotations.incrementAndGet();
		this.opened.forEach((name, channel) -> {
			ChannelTransport transport = this.decided.get(name);
			if (transport != null && transport.tls() != null
					&& transport.tls().material().name().equals(event.material())) {
				channel.enterIdle();
			}
		});
	}

	void prepareNamed() {
		Set<String> known = new HashSet<>(this.properties.getClient().keySet());
		known.addAll(this.decided.keySet());
		this.rules.warnOfUnknown(known);
		known.remove(GrpcChannelsProperties.GLOBAL_PROPERTIES_KEY);
		known.addAll(this.rules.named());
		known.stream().sorted().map(this::decide).forEach(this.transports::prepare);
	}

	private ChannelTransport decide(String name) {
		ChannelTransport before = this.decided.get(name);
		if (before != null) {
			return before;
		}
		String target = target(name);
		SecureChannel channel = this.rules.decide(name, target);
		this.conflicts.check(this.environment, channel);
		ChannelTransport transport = this.settings.of(channel, target);
		this.decided.put(name, transport);
		return transport;
	}

	private String target(String name) {
		URI address = this.properties.getChannel(name).getAddress();
		return (address != null) ? address.toString() : name;
	}

}
