package io.github.securegrpc.engine;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.grpc.Channel;
import io.grpc.ManagedChannelBuilder;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.Transports;

/**
 * Decides for the channels of an engine: once each, at start if the properties name it or
 * the engine has an address of it, else when it is first made. Thread-safe.
 *
 * @since 0.1.0
 */
public final class DecidedChannels {

	private final ChannelRules rules;

	private final Transports transports;

	private final TransportSettings settings;

	private final EffectiveConfiguration configuration;

	private final Map<String, ChannelTransport> decided = new ConcurrentHashMap<>();

	private final Set<String> said = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean prepared = new AtomicBoolean();

	private final BooleanSupplier learned;

	/* Whether targets are learned at run time, by SecureChannels. */
	DecidedChannels(ChannelRules rules, Transports transports, TransportSettings settings,
			EffectiveConfiguration configuration, BooleanSupplier learned) {
		this.learned = learned;
		this.rules = rules;
		this.transports = transports;
		this.settings = settings;
		this.configuration = configuration;
	}

	/**
	 * Decides for every channel that is known already, tries it in memory and says it,
	 * once. Whoever opens channels at run time finds what they share loaded, too.
	 * @param targets what the engine knows
	 * @throws RefusedException if there is no secure answer for one of them
	 */
	public void prepare(ChannelTargets targets) {
		if (!this.prepared.compareAndSet(false, true)) {
			return;
		}
		Set<String> known = targets.known();
		this.rules.checkNames(known, this.learned.getAsBoolean());
		Set<String> all = new TreeSet<>(known);
		all.addAll(this.rules.named());
		for (String name : all) {
			this.transports.prepare(known.contains(name) ? decide(name, targets) : profile(name));
			say(name);
		}
		this.rules.loadShared(this.learned.getAsBoolean());
	}

	/*
	 * One that nobody has made yet is decided, too: what it has may be used at run time,
	 * and is to be seen to expire.
	 */
	private ChannelTransport profile(String name) {
		return this.settings.of(this.rules.decide(name), new ChannelTarget(name, name));
	}

	/**
	 * Returns what is decided for a channel.
	 * @param name the channel's name at the engine
	 * @param targets what the engine knows
	 * @return the decision
	 * @throws RefusedException if there is no secure answer
	 */
	public ChannelTransport decide(String name, ChannelTargets targets) {
		ChannelTransport before = this.decided.get(name);
		if (before != null) {
			return before;
		}
		String target = targets.target(name);
		DialledAddress.check(targets.property(name), target);
		this.rules.checkName(name, targets.known());
		ChannelTransport transport = this.settings.of(this.rules.decide(name, target), new ChannelTarget(name, target));
		this.decided.put(name, transport);
		return transport;
	}

	/**
	 * Returns what was decided for a channel.
	 * @param name the channel's name at the engine
	 * @return the decision, or {@code null} if nothing was decided yet
	 */
	public @Nullable ChannelTransport decided(String name) {
		return this.decided.get(name);
	}

	/**
	 * Completes a builder with what is done to every call of its channel.
	 * @param name the channel's name at the engine
	 * @param builder the engine's builder
	 */
	public void complete(String name, ManagedChannelBuilder<?> builder) {
		builder.intercept(this.rules.calls(name));
	}

	/**
	 * Looks at a channel: what is verified is what was decided, and not what somebody set
	 * after us.
	 * @param name the channel's name at the engine
	 * @param channel the channel
	 * @throws RefusedException if it would verify another name
	 */
	public void checkServerName(String name, Channel channel) {
		ChannelTransport transport = this.decided.get(name);
		String expected = (transport != null && transport.tls() != null) ? transport.tls().serverName() : null;
		if (expected != null && !expected.equals(channel.authority())) {
			throw new RefusedException(
					"the channel %s would verify the name %s, but secure-grpc.client.channels.%s.server-name is %s"
						.formatted(name, channel.authority(), name, expected),
					"Find what calls overrideAuthority on the channel's builder, and remove it.");
		}
	}

	/**
	 * Says what was decided for a channel, unless it was said before.
	 * @param name the channel's name at the engine
	 */
	public void say(String name) {
		SecureChannel channel = this.rules.decided().get(name);
		if (channel != null && this.said.add(name)) {
			this.configuration.say(channel);
		}
	}

	/**
	 * Returns the channels that the properties name.
	 * @return their names
	 */
	public Set<String> named() {
		return this.rules.named();
	}

}
