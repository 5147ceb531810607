package io.github.securegrpc.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.grpc.ManagedChannel;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.client.ChannelCounts;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.rotation.ImmediateRotationListener;
import io.github.securegrpc.rotation.MaterialRotated;
import io.github.securegrpc.transport.ChannelTransport;

/**
 * The channels that are open. After a rotation those concerned leave their connections:
 * calls in flight finish there, the next call connects anew. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenChannels implements ImmediateRotationListener {

	private final Map<ManagedChannel, Open> open = new ConcurrentHashMap<>();

	private final ChannelCounts counts;

	private final AtomicInteger rotations = new AtomicInteger();

	OpenChannels(ChannelCounts counts) {
		this.counts = counts;
	}

	/**
	 * Opens a channel, which is known here until it is shut down. What rotates while it
	 * is made is made up for: an engine may connect it before we know it. One that is
	 * known already, as from a factory of factories or one that keeps its channels, stays
	 * as it is.
	 * @param transport what was decided for it, asked for when it is made
	 * @param maker makes the channel
	 * @param check looks at it before anybody calls over it
	 * @return the channel, which says when it is shut down
	 * @throws RefusedException if the check refuses it; it is down then
	 */
	public ManagedChannel open(Supplier<@Nullable ChannelTransport> transport, Supplier<ManagedChannel> maker,
			Consumer<ManagedChannel> check) {
		int before = this.rotations.get();
		ManagedChannel channel = maker.get();
		if (channel instanceof RegisteredChannel) {
			return channel;
		}
		Open known = this.open.get(channel);
		if (known != null) {
			return known.registered();
		}
		try {
			check.accept(channel);
		}
		catch (RefusedException ex) {
			channel.shutdownNow();
			throw ex;
		}
		ChannelTransport decided = transport.get();
		if (decided == null) {
			return channel;
		}
		RegisteredChannel registered = new RegisteredChannel(channel, this::forget);
		this.open.put(channel, new Open(decided, registered));
		this.counts.opened(decided.channel().channel());
		if (this.rotations.get() != before) {
			Reconnection.complete(decided.channel().channel(), channel);
		}
		return registered;
	}

	private void forget(ManagedChannel channel) {
		Open closed = this.open.remove(channel);
		if (closed != null) {
			this.counts.closed(closed.transport().channel().channel());
		}
	}

	@Override
	public void rotated(MaterialRotated event) {
		this.rotations.incrementAndGet();
		this.open.forEach((channel, known) -> {
			ChannelTransport transport = known.transport();
			if (transport.tls() != null && transport.tls().material().name().equals(event.material())) {
				Reconnection.begin(transport.channel().channel(), channel);
			}
		});
	}

	/**
	 * A channel that is open.
	 *
	 * @param transport what was decided for it
	 * @param registered says when it is shut down
	 */
	private record Open(ChannelTransport transport, RegisteredChannel registered) {
	}

}
