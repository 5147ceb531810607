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

	private final Map<ManagedChannel, ChannelTransport> open = new ConcurrentHashMap<>();

	private final ChannelCounts counts;

	private final AtomicInteger rotations = new AtomicInteger();

	OpenChannels(ChannelCounts counts) {
		this.counts = counts;
	}

	/**
	 * Opens a channel, which is known here until it is shut down. What rotates while it
	 * is made is made up for: an engine may connect it before we know it. One that is
	 * known already, as from a factory of factories, stays as it is.
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
		this.open.put(channel, decided);
		this.counts.opened(decided.channel().channel());
		if (this.rotations.get() != before) {
			Reconnection.complete(decided.channel().channel(), channel);
		}
		return new RegisteredChannel(channel, this::forget);
	}

	private void forget(ManagedChannel channel) {
		ChannelTransport transport = this.open.remove(channel);
		if (transport != null) {
			this.counts.closed(transport.channel().channel());
		}
	}

	@Override
	public void rotated(MaterialRotated event) {
		this.rotations.incrementAndGet();
		this.open.forEach((channel, transport) -> {
			if (transport.tls() != null && transport.tls().material().name().equals(event.material())) {
				Reconnection.begin(transport.channel().channel(), channel);
			}
		});
	}

}
