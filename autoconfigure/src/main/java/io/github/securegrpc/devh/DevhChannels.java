package io.github.securegrpc.devh;

import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.engine.EffectiveConfiguration;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.rotation.ImmediateRotationListener;
import io.github.securegrpc.rotation.MaterialRotated;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.Transports;

/**
 * net.devh's channels, secured: each is decided once, when it is first made or, if the
 * properties name it, at start. After a rotation the channels concerned leave their
 * connections: calls in flight finish there, the next call connects anew. Thread-safe.
 */
final class DevhChannels implements ImmediateRotationListener {

	private final ChannelRules rules;

	private final Transports transports;

	private final TransportSettings settings;

	private final EffectiveConfiguration configuration;

	private final GrpcChannelsProperties properties;

	/* net.devh adds every channel that is asked for. */
	private final Set<String> addressed;

	/*
	 * How far the channel of a name has come: completed once it is built with our part.
	 */
	private final Map<String, CompletableFuture<Void>> secured = new ConcurrentHashMap<>();

	/* By factory. */
	private final Map<Object, Set<String>> made = Collections.synchronizedMap(new WeakHashMap<>());

	private final Map<String, ChannelTransport> decided = new ConcurrentHashMap<>();

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	private final Map<String, ManagedChannel> opened = new ConcurrentHashMap<>();

	private final AtomicInteger rotations = new AtomicInteger();

	DevhChannels(ChannelRules rules, Transports transports, TransportSettings settings,
			EffectiveConfiguration configuration, GrpcChannelsProperties properties) {
		this.configuration = configuration;
		this.rules = rules;
		this.transports = transports;
		this.settings = settings;
		this.properties = properties;
		this.addressed = Set.copyOf(properties.getClient().keySet());
	}

	void secure(ManagedChannelBuilder<?> builder, String name) {
		if (DevhServer.isInProcess(builder)) {
			this.secured.put(name, CompletableFuture.completedFuture(null));
			return;
		}
		this.secured.put(name, this.transports.secure(builder, decide(name)));
		say(name);
	}

	/*
	 * Has a factory make a channel, or return the one it has made. A builder that was not
	 * secured, or changed after, has made it: nobody may call over it. Whether another
	 * factory has secured one of the same name says nothing. No channel, as of a mock, is
	 * none to look at.
	 */
	@Nullable Channel checked(String name, Object factory, Callable<@Nullable Channel> maker) throws Exception {
		CompletableFuture<Void> before = this.secured.get(name);
		Channel channel = maker.call();
		if (channel == null) {
			return null;
		}
		CompletableFuture<Void> built = this.secured.get(name);
		Set<String> securedByIt = this.made.computeIfAbsent(factory, (it) -> ConcurrentHashMap.newKeySet());
		if (built != before) {
			securedByIt.add(name);
		}
		check(name, factory, channel, securedByIt.contains(name) ? built : null);
		return channel;
	}

	private void check(String name, Object factory, Channel channel, @Nullable CompletableFuture<Void> built) {
		if ((built == null || !built.isDone()) && !target(name).startsWith("in-process:")) {
			throw new RefusedException("the channel %s does not connect the way that was decided: %s".formatted(name,
					(built == null) ? factory.getClass().getName() + " made it without the GrpcChannelConfigurer beans"
							: "something changed its builder after us"),
					(built == null)
							? "Have the factory call each GrpcChannelConfigurer with the builder of the channel, as net.devh's AbstractChannelFactory does, or remove it."
							: "Find what calls usePlaintext, sslContext or negotiationType on the channel's builder, and remove it. For plaintext on this machine set secure-grpc.client.channels.%s.plaintext=loopback."
								.formatted(name));
		}
		checkServerName(name, channel);
	}

	/* What is verified is what was decided, and not what somebody set after us. */
	private void checkServerName(String name, Channel channel) {
		ChannelTransport transport = this.decided.get(name);
		String decided = (transport != null && transport.tls() != null) ? transport.tls().serverName() : null;
		if (decided != null && !decided.equals(channel.authority())) {
			throw new RefusedException(
					"the channel %s would verify the name %s, but secure-grpc.client.channels.%s.server-name is %s"
						.formatted(name, channel.authority(), name, decided),
					"Find what calls overrideAuthority on the channel's builder, and remove it.");
		}
	}

	/*
	 * net.devh may connect a channel before we know it: what rotates in the meantime is
	 * made up for.
	 */
	ManagedChannel open(String name, Object factory, Supplier<ManagedChannel> maker) {
		int before = this.rotations.get();
		ManagedChannel channel = maker.get();
		try {
			check(name, factory, channel, this.secured.get(name));
		}
		catch (RefusedException ex) {
			channel.shutdownNow();
			throw ex;
		}
		this.opened.put(name, channel);
		if (this.rotations.get() != before) {
			Reconnection.complete(name, channel);
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
				Reconnection.begin(name, channel);
			}
		});
	}

	void prepareNamed() {
		checkGlobal();
		Set<String> known = known();
		this.rules.checkNames(known);
		known.addAll(this.rules.named());
		known.stream().sorted().forEach((name) -> {
			this.transports.prepare(decide(name));
			say(name);
		});
	}

	private void say(String name) {
		SecureChannel channel = this.rules.decided().get(name);
		if (channel != null && this.said.add(name)) {
			this.configuration.say(channel);
		}
	}

	/* net.devh's word for all channels is the client's level here. */
	private void checkGlobal() {
		this.rules.named()
			.stream()
			.filter(GrpcChannelsProperties.GLOBAL_PROPERTIES_KEY::equalsIgnoreCase)
			.findFirst()
			.ifPresent((name) -> {
				throw new RefusedException(
						"secure-grpc.client.channels.%s.* is for no channel (expected: the name of one)"
							.formatted(name),
						"Write secure-grpc.client.*, which every channel inherits; pins and server-name belong to each channel by itself.");
			});
	}

	/* Those with an address, and those that somebody has asked for. */
	private Set<String> known() {
		Set<String> known = new HashSet<>(this.addressed);
		known.addAll(this.secured.keySet());
		known.remove(GrpcChannelsProperties.GLOBAL_PROPERTIES_KEY);
		return known;
	}

	private ChannelTransport decide(String name) {
		ChannelTransport before = this.decided.get(name);
		if (before != null) {
			return before;
		}
		String target = target(name);
		DialledAddress.check(name, target);
		this.rules.checkName(name, known());
		ChannelTransport transport = this.settings.of(this.rules.decide(name, target), target);
		this.decided.put(name, transport);
		return transport;
	}

	private String target(String name) {
		URI address = this.properties.getChannel(name).getAddress();
		return (address != null) ? address.toString() : name;
	}

}
