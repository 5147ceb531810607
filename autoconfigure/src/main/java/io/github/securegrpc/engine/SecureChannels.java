package io.github.securegrpc.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.SecuredCredentials;
import io.github.securegrpc.transport.Transports;

/**
 * Channels to addresses that are learned at run time, as among peers. A channel of the
 * properties, {@code secure-grpc.client.channels.<name>}, says how they are secured; what
 * it leaves out comes from {@code secure-grpc.client} and the top level. Inject this
 * bean: the channels of the properties are then checked at start, though none is open.
 * <p>
 * All channels of a name share one TLS context. After a rotation each leaves its
 * connections: calls in flight finish there, the next call connects anew. How long a peer
 * that was away is waited for is grpc-java's backoff, which
 * {@link ManagedChannel#resetConnectBackoff()} cuts short. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecureChannels implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ChannelRules rules;

	private final Transports transports;

	private final TransportSettings settings;

	private final OpenChannels open;

	private final Set<ManagedChannel> own = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	SecureChannels(ChannelRules rules, Transports transports, TransportSettings settings, OpenChannels open) {
		this.rules = rules;
		this.transports = transports;
		this.settings = settings;
		this.open = open;
	}

	/**
	 * Opens a channel whose server has to prove the host of the target, or the
	 * {@code server-name} of the properties if there is one.
	 * @param name the channel of the properties that says how it is secured
	 * @param target the target, as grpc-java takes it: {@code dns:///host:port},
	 * {@code host:port}, {@code unix:/path}
	 * @return the channel; it is forgotten here when it is shut down, as it is to be when
	 * nobody calls over it any longer, and shut down with the application at the latest
	 * @throws RefusedException if the target may not be dialled so
	 */
	public ManagedChannel open(String name, String target) {
		return dial(name, target, null);
	}

	/**
	 * Opens a channel whose server has to prove a name that is known beforehand.
	 * @param name the channel of the properties that says how it is secured
	 * @param target the target, as grpc-java takes it
	 * @param serverName the host name or IP address that must be in the server's
	 * certificate
	 * @return the channel, as of {@link #open(String, String)}
	 * @throws RefusedException if the target may not be dialled so
	 */
	public ManagedChannel open(String name, String target, String serverName) {
		return dial(name, target, serverName);
	}

	private ManagedChannel dial(String name, String target, @Nullable String serverName) {
		if (this.closed) {
			throw new IllegalStateException(
					"a channel of %s is opened after the application was closed".formatted(name));
		}
		ChannelTransport transport = decide(name, target, serverName);
		SecuredCredentials<ChannelCredentials> credentials = this.transports.credentials(transport);
		ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(target, credentials.credentials())
			.intercept(this.rules.calls(name));
		if (transport.tls() != null && transport.tls().serverName() != null) {
			builder.overrideAuthority(transport.tls().serverName());
		}
		ManagedChannel channel = this.open.open(() -> transport, () -> build(name, target, builder),
				(it) -> check(name, builder, credentials.used()));
		RegisteredChannel registered = new RegisteredChannel(channel, this.own::remove);
		this.own.add(channel);
		return registered;
	}

	/*
	 * An address of IPv6 has no place in dns:///, and other schemes have forms of their
	 * own.
	 */
	private static ManagedChannel build(String name, String target, ManagedChannelBuilder<?> builder) {
		try {
			return builder.build();
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException(
					"the target of %s is %s, which grpc-java does not take: %s (expected: host:port, [IPv6 address]:port or dns:///host:port)"
						.formatted(name, target, ex.getMessage()),
					"Write it without a scheme, an IPv6 address in brackets.", ex);
		}
	}

	/* A provider of the application's may make builders that heed no credentials. */
	private static void check(String name, ManagedChannelBuilder<?> builder, CompletableFuture<Void> used) {
		if (!used.isDone()) {
			throw new RefusedException(
					"a channel of %s does not connect the way that was decided: %s made it without its credentials"
						.formatted(name, builder.getClass().getName()),
					"Remove the ManagedChannelProvider that makes this type of builder from META-INF/services and from the ManagedChannelRegistry.");
		}
	}

	/**
	 * Returns credentials for a builder of grpc-java's, which refuses every later change
	 * of its security. The server has to prove the host of the builder's target, or the
	 * builder's {@code overrideAuthority}; {@code path-prefix} and {@code basic-auth} are
	 * not theirs to add. A rotation holds from the channel's next connection on: such a
	 * channel is not known here.
	 * @param name the channel of the properties that says how it is secured
	 * @return the credentials, for one channel
	 * @throws RefusedException if there is no secure answer
	 */
	public ChannelCredentials credentials(String name) {
		SecureChannel channel = this.rules.decide(name);
		return this.transports.credentials(this.settings.of(channel, new ChannelTarget(name, name))).credentials();
	}

	private ChannelTransport decide(String name, String target, @Nullable String serverName) {
		DialledAddress.check("the target of " + name, target);
		DialledAddress.checkScheme("the target of " + name, target);
		return this.settings.of(this.rules.dial(name, target, serverName), new ChannelTarget(name, target, name));
	}

	/**
	 * Shuts down every channel that is open still, with the application: calls in flight
	 * have ten seconds.
	 */
	@Override
	public void close() {
		this.closed = true;
		Set<ManagedChannel> left = Set.copyOf(this.own);
		left.forEach(ManagedChannel::shutdown);
		long end = System.nanoTime() + PATIENCE.toNanos();
		try {
			for (ManagedChannel channel : left) {
				channel.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		left.forEach(ManagedChannel::shutdownNow);
		this.own.removeAll(left);
	}

}
