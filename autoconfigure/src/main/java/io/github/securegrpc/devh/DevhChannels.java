package io.github.securegrpc.devh;

import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.engine.ChannelFactoryProxy;
import io.github.securegrpc.engine.ChannelTargets;
import io.github.securegrpc.engine.DecidedChannels;
import io.github.securegrpc.engine.OpenChannels;
import io.github.securegrpc.engine.SecuredServer;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.transport.Transports;

/**
 * net.devh's channels, secured: each is decided once, when it is first made or, if the
 * properties name it, at start. Thread-safe.
 */
final class DevhChannels implements ChannelTargets {

	private final DecidedChannels decisions;

	private final OpenChannels open;

	private final Transports transports;

	private final GrpcChannelsProperties properties;

	/* net.devh adds every channel that is asked for. */
	private final Set<String> addressed;

	/*
	 * How far the channel of a name has come: completed once it is built with our part.
	 */
	private final Map<String, CompletableFuture<Void>> secured = new ConcurrentHashMap<>();

	/* By factory. */
	private final Map<Object, Set<String>> made = Collections.synchronizedMap(new WeakHashMap<>());

	DevhChannels(DecidedChannels decisions, OpenChannels open, Transports transports,
			GrpcChannelsProperties properties) {
		this.decisions = decisions;
		this.open = open;
		this.transports = transports;
		this.properties = properties;
		this.addressed = Set.copyOf(properties.getClient().keySet());
	}

	void secure(ManagedChannelBuilder<?> builder, String name) {
		if (SecuredServer.isInProcess(builder)) {
			this.secured.put(name, CompletableFuture.completedFuture(null));
			return;
		}
		this.secured.put(name, this.transports.secure(builder, this.decisions.decide(name, this)));
		this.decisions.complete(name, builder);
		this.decisions.say(name);
	}

	/*
	 * Has a factory make a channel, or return the one it has made. A builder that was not
	 * secured, or changed after, has made it: nobody may call over it. Whether another
	 * factory has secured one of the same name says nothing. No channel, as of a mock, is
	 * none to look at.
	 */
	@Nullable Channel checked(String name, Object factory, ChannelFactoryProxy.Maker maker) {
		CompletableFuture<Void> before = this.secured.get(name);
		Channel channel = maker.make();
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
		this.decisions.checkServerName(name, channel);
	}

	/* What is made by our own factory. */
	ManagedChannel open(String name, Object factory, Supplier<ManagedChannel> maker) {
		return this.open.open(() -> this.decisions.decided(name), maker,
				(channel) -> check(name, factory, channel, this.secured.get(name)));
	}

	void prepareNamed() {
		checkGlobal();
		this.decisions.prepare(this);
	}

	/* net.devh's word for all channels is the client's level here. */
	private void checkGlobal() {
		this.decisions.named()
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

	@Override
	public Set<String> known() {
		Set<String> known = new HashSet<>(this.addressed);
		known.addAll(this.secured.keySet());
		known.remove(GrpcChannelsProperties.GLOBAL_PROPERTIES_KEY);
		return known;
	}

	@Override
	public String property(String name) {
		return "grpc.client.%s.address".formatted(name);
	}

	@Override
	public String target(String name) {
		URI address = this.properties.getChannel(name).getAddress();
		return (address != null) ? address.toString() : name;
	}

}
