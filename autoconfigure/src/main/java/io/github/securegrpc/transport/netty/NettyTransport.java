package io.github.securegrpc.transport.netty;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.internal.FixedObjectPool;
import io.grpc.netty.InternalNettyChannelBuilder;
import io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.NettySslContextServerCredentials;
import io.netty.channel.ChannelHandler;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.ConnectionLimits;
import io.github.securegrpc.transport.ConnectionLog;
import io.github.securegrpc.transport.HandshakeListener;
import io.github.securegrpc.transport.OpenConnections;
import io.github.securegrpc.transport.ServerTransport;
import io.github.securegrpc.transport.Transport;

/**
 * Secures the builders of one Netty flavour. Channels with equal material and options
 * share one context. Thread-safe.
 *
 * @since 0.1.0
 */
public final class NettyTransport implements Transport {

	/* Clients still connect in time. */
	private static final Duration LATEST = Duration.ofSeconds(2);

	private final HandshakeListener listener;

	private final OpenConnections connections;

	private final ConnectionLog log;

	private final Map<ContextKey, RotatingSslContext> contexts = new ConcurrentHashMap<>();

	private final SharedContexts shared = new SharedContexts();

	private final Executor threads = HandshakeThreads.create();

	/**
	 * Creates a transport.
	 * @param listener is told of every handshake
	 * @param connections counts the connections of servers
	 * @param log has what becomes of connections
	 */
	public NettyTransport(HandshakeListener listener, OpenConnections connections, ConnectionLog log) {
		this.listener = listener;
		this.connections = connections;
		this.log = log;
	}

	@Override
	public boolean supports(ServerBuilder<?> builder) {
		return builder instanceof NettyServerBuilder;
	}

	@Override
	public boolean supports(ManagedChannelBuilder<?> builder) {
		return builder instanceof NettyChannelBuilder;
	}

	@Override
	public void prepare(ServerTransport server) {
		if (server.tls() != null) {
			context(server.tls());
		}
	}

	@Override
	public void prepare(ChannelTransport channel) {
		if (channel.tls() != null) {
			context(channel.tls());
		}
	}

	@Override
	public CompletableFuture<Void> secure(ServerBuilder<?> builder, ServerTransport server) {
		NettyServerBuilder netty = (NettyServerBuilder) builder;
		ConnectionLimits limits = server.limits();
		netty.handshakeTimeout(limits.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
		netty.maxConcurrentCallsPerConnection(limits.callsPerConnection());
		netty.maxRstFramesPerWindow(limits.resets(), Math.toIntExact(limits.resetsWindow().toSeconds()));
		if (limits.maxConnectionAge() != null) {
			netty.maxConnectionAge(limits.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS);
		}
		InternalProtocolNegotiator.ProtocolNegotiator negotiator;
		UnaryOperator<ChannelHandler> wrapper;
		if (server.tls() != null) {
			RotatingSslContext context = context(server.tls());
			Duration half = limits.handshakeTimeout().dividedBy(2);
			RefusalPace pace = new RefusalPace((half.compareTo(LATEST) < 0) ? half : LATEST, System::nanoTime,
					this.connections::isOwn);
			HandshakeListener both = (handshake) -> {
				pace.completed(handshake);
				this.listener.completed(handshake);
			};
			Observation observation = new Observation(null, limits.handshakeTimeout(), context, both, this.log,
					server.tls().options().trustRules().clock());
			// serverTls does not take the threads
			negotiator = InternalNettyServerCredentials.toNegotiator(NettySslContextServerCredentials.create(context))
				.newNegotiator(new FixedObjectPool<>(this.threads));
			wrapper = (next) -> new LateReading(pace, new HandshakeObserver(next, observation));
		}
		else {
			negotiator = InternalProtocolNegotiators.serverPlaintext();
			wrapper = server.loopbackOnly() ? (next) -> new LoopbackGate(next, this.log::server)
					: UnaryOperator.identity();
		}
		ConnectionCounter counter = new ConnectionCounter(limits.connections(), server.tls() == null, this.connections,
				this.log);
		netty.protocolNegotiator(new WrappedNegotiator(negotiator, (next) -> counter.admit(wrapper.apply(next))));
		return counter.met();
	}

	@Override
	public CompletableFuture<Void> secure(ManagedChannelBuilder<?> builder, ChannelTransport channel) {
		NettyChannelBuilder netty = (NettyChannelBuilder) builder;
		ChannelTransport.Tls tls = channel.tls();
		if (tls == null) {
			netty.usePlaintext();
			UnaryOperator<ChannelHandler> gate = channel.loopbackOnly()
					? (next) -> new LoopbackGate(next, this.log::channel) : UnaryOperator.identity();
			return setNegotiator(netty, () -> new WrappedNegotiator(InternalProtocolNegotiators.plaintext(), gate), 80);
		}
		RotatingSslContext context = context(tls);
		Observation observation = new Observation(channel.channel(), null, context, this.listener, this.log,
				tls.options().trustRules().clock());
		if (tls.serverName() != null) {
			netty.overrideAuthority(tls.serverName());
		}
		netty.sslContext(context).useTransportSecurity();
		return setNegotiator(netty, () -> new WrappedNegotiator(InternalProtocolNegotiators.tls(context, null, null),
				(next) -> new HandshakeObserver(next, observation)), 443);
	}

	/* The factory is asked once, when the channel is built. */
	private static CompletableFuture<Void> setNegotiator(NettyChannelBuilder netty,
			Supplier<InternalProtocolNegotiator.ProtocolNegotiator> negotiator, int defaultPort) {
		CompletableFuture<Void> built = new CompletableFuture<>();
		InternalNettyChannelBuilder.setProtocolNegotiatorFactory(netty, new InternalProtocolNegotiator.ClientFactory() {

			@Override
			public InternalProtocolNegotiator.ProtocolNegotiator newNegotiator() {
				built.complete(null);
				return negotiator.get();
			}

			@Override
			public int getDefaultPort() {
				return defaultPort;
			}

		});
		return built;
	}

	@Override
	public @Nullable TlsProvider provider(RotatingMaterial material) {
		return this.contexts.entrySet()
			.stream()
			.filter((context) -> context.getKey().material() == material)
			.map((context) -> context.getValue().provider())
			.findFirst()
			.orElse(null);
	}

	private RotatingSslContext context(ServerTransport.Tls tls) {
		return this.contexts.computeIfAbsent(new ContextKey(tls.material(), tls),
				(key) -> follow(tls.material(), SslContexts.server(tls)));
	}

	private RotatingSslContext context(ChannelTransport.Tls tls) {
		return this.contexts.computeIfAbsent(new ContextKey(tls.material(), tls.options()),
				(key) -> follow(tls.material(),
						(material) -> this.shared.get(material,
								new SharedContexts.Settings(tls.options(), tls.material().origin().ca()),
								SslContexts.client(tls))));
	}

	private static RotatingSslContext follow(RotatingMaterial material, ContextBuilder builder) {
		RotatingSslContext context = new RotatingSslContext(builder);
		material.addListener(context);
		return context;
	}

	private record ContextKey(RotatingMaterial material, Object settings) {

	}

}
