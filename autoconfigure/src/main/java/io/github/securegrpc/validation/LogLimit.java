package io.github.securegrpc.validation;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Limits what peers can have logged: ten lines of one peer in ten seconds, and a hundred
 * of all. Half of the hundred may be written at once. The other half is spread over the
 * time and kept for peers that have no line yet, so that a flood from some addresses
 * hides nobody else for long; one from ever new ones may. How many were left out is told
 * within ten seconds, and when the limit is closed. Keeps no more peers than it has
 * lines. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LogLimit implements AutoCloseable {

	private static final Duration WINDOW = Duration.ofSeconds(10);

	private static final int OF_ONE = 10;

	private static final int AT_ONCE = 50;

	private static final Duration INTERVAL = Duration.ofMillis(200);

	private static final int IPV6_NETWORK = 8;

	private static final int IPV6_SITE = 6;

	private final Clock clock;

	private final LongConsumer closing;

	private final Executor later;

	private final Map<String, Integer> lines = new HashMap<>();

	private Instant start = Instant.MIN;

	private int written;

	private long leftOut;

	/**
	 * Creates a limit.
	 * @param clock tells the time
	 * @param closing is told how many were left out, and should log it
	 */
	public LogLimit(Clock clock, LongConsumer closing) {
		this(clock, closing, CompletableFuture.delayedExecutor(WINDOW.toMillis(), TimeUnit.MILLISECONDS));
	}

	LogLimit(Clock clock, LongConsumer closing, Executor later) {
		this.clock = clock;
		this.closing = closing;
		this.later = later;
	}

	/**
	 * Counts a line that is about to be logged.
	 * @param address of the peer that it is about: an IPv4 address, an IPv6 network of 64
	 * bits, and all Unix domain sockets count as one
	 * @return whether to log it
	 */
	public boolean admits(@Nullable SocketAddress address) {
		return admits(network(address));
	}

	/**
	 * Counts a line that is about to be logged.
	 * @param peer whom it is about
	 * @return whether to log it
	 */
	public boolean admits(String peer) {
		Instant now = this.clock.instant();
		long untold = 0;
		boolean admitted;
		boolean first;
		synchronized (this) {
			if (now.isBefore(this.start) || !now.isBefore(this.start.plus(WINDOW))) {
				untold = begin(now);
			}
			int ofPeer = this.lines.getOrDefault(peer, 0);
			admitted = (ofPeer == 0) ? this.written < allowed(now) : ofPeer < OF_ONE && this.written < AT_ONCE;
			if (admitted) {
				this.lines.put(peer, ofPeer + 1);
				this.written++;
			}
			first = !admitted && this.leftOut++ == 0;
		}
		tell(untold);
		if (first) {
			this.later.execute(this::close);
		}
		return admitted;
	}

	/**
	 * Tells how many were left out until now.
	 */
	@Override
	public void close() {
		tell(taken());
	}

	/**
	 * Says how many were left out, and why.
	 * @param leftOut how many
	 * @return the words
	 */
	public static String words(long leftOut) {
		return "%d more were not logged: in %d s, %d of one peer are, and %d of all".formatted(leftOut,
				WINDOW.toSeconds(), OF_ONE, AT_ONCE + WINDOW.dividedBy(INTERVAL));
	}

	private long allowed(Instant now) {
		return AT_ONCE + Duration.between(this.start, now).dividedBy(INTERVAL);
	}

	private long begin(Instant now) {
		this.start = now;
		this.written = 0;
		this.lines.clear();
		return taken();
	}

	private synchronized long taken() {
		long untold = this.leftOut;
		this.leftOut = 0;
		return untold;
	}

	private void tell(long untold) {
		if (untold > 0) {
			this.closing.accept(untold);
		}
	}

	/**
	 * Returns whom an address stands for: whoever has an IPv6 address has all of its
	 * network.
	 * @param address the address
	 * @return an IPv4 address, an IPv6 network of 64 bits, or one word for all Unix
	 * domain sockets
	 */
	public static String network(@Nullable SocketAddress address) {
		return prefix(address, IPV6_NETWORK);
	}

	/**
	 * Returns whom an address stands for, as far as can be told: a site has an IPv6
	 * network of 48 bits, or a part of it (RFC 6177).
	 * @param address the address
	 * @return an IPv4 address, an IPv6 network of 48 bits, or one word for all Unix
	 * domain sockets
	 */
	public static String site(@Nullable SocketAddress address) {
		return prefix(address, IPV6_SITE);
	}

	private static String prefix(@Nullable SocketAddress address, int ipv6) {
		if (!(address instanceof InetSocketAddress inet)) {
			return "local";
		}
		if (inet.getAddress() == null) {
			return inet.getHostString();
		}
		byte[] bytes = inet.getAddress().getAddress();
		return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, ipv6));
	}

}
