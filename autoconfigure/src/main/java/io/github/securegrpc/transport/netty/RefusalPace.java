package io.github.securegrpc.transport.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.transport.Handshake;
import io.github.securegrpc.transport.HandshakeListener;

/**
 * How late the next connection from an address is answered: at once, until more than ten
 * handshakes a second from there are refused; then a tenth of a second later for each
 * that is too many. An IPv6 network of 64 bits is one address. Of more than 4,096 the one
 * seen first begins anew. What we ask ourselves does not count. Thread-safe.
 */
final class RefusalPace implements HandshakeListener {

	static final int PER_SECOND = 10;

	static final int MAX_NETWORKS = 4_096;

	private static final int IPV6_PREFIX = 8;

	private static final double SECOND = Duration.ofSeconds(1).toNanos();

	private final Duration longest;

	private final LongSupplier nanoTime;

	private final Predicate<@Nullable SocketAddress> own;

	private final Map<ByteBuffer, Level> networks = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Level> eldest) {
			return size() > MAX_NETWORKS;
		}

	};

	RefusalPace(Duration longest, LongSupplier nanoTime, Predicate<@Nullable SocketAddress> own) {
		this.longest = longest;
		this.nanoTime = nanoTime;
		this.own = own;
	}

	@Override
	public void completed(Handshake handshake) {
		ByteBuffer network = network(handshake.peer());
		if (network == null || !(handshake.end() instanceof Handshake.Failed) || this.own.test(handshake.peer())) {
			return;
		}
		// what is forgotten soon after the last one, however many there were
		double most = PER_SECOND * (1 + this.longest.toNanos() / SECOND);
		synchronized (this.networks) {
			double level = level(network);
			this.networks.put(network, new Level(Math.min(level + 1, most), this.nanoTime.getAsLong()));
		}
	}

	Duration delay(@Nullable SocketAddress peer) {
		ByteBuffer network = network(peer);
		if (network == null) {
			return Duration.ZERO;
		}
		double excess;
		synchronized (this.networks) {
			excess = Math.max(0, level(network) - PER_SECOND);
		}
		Duration delay = Duration.ofNanos((long) (excess / PER_SECOND * SECOND));
		return (delay.compareTo(this.longest) < 0) ? delay : this.longest;
	}

	private double level(ByteBuffer network) {
		Level last = this.networks.get(network);
		return (last == null) ? 0
				: Math.max(0, last.refused() - (this.nanoTime.getAsLong() - last.at()) / SECOND * PER_SECOND);
	}

	/* A Unix domain socket has no address that tells its peers apart. */
	private static @Nullable ByteBuffer network(@Nullable SocketAddress peer) {
		InetAddress address = (peer instanceof InetSocketAddress inet) ? inet.getAddress() : null;
		if (address == null) {
			return null;
		}
		byte[] bytes = address.getAddress();
		return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, IPV6_PREFIX)).slice();
	}

	/** How many refusals were not yet paid off with time, and when that was. */
	private record Level(double refused, long at) {

	}

}
