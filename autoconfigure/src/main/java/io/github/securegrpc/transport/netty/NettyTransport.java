package io.github.securegrpc.transport.netty;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.internal.FixedObjectPool;
import io.grpc.netty.InternalNettyChannelBuilder;
import io.grpc.netty.InternalNettyChannelCredentials;
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
import io.github.securegrpc.transport.SecuredCredentials;
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
	public void limit(ServerBuilder<?> builder, ConnectionLimits limits) {
		NettyServerBuilder netty = (NettyServerBuilder) builder;
		netty.handshakeTimeout(limits.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
		netty.maxConcurrentCallsPerConnection(limits.callsPerConnection());
		netty.maxRstFramesPerWindow(limits.resets(), Math.toIntExact(limits.resetsWindow().toSeconds()));
		if (limits.maxConnectionAge() != null) {
			netty.maxConnectionAge(limits.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	@Override
	public CompletableFuture<Void> secure(ServerBuilder<?> builder, ServerTransport server) {
		limit(builder, server.limits());
		ConnectionCounter counter = counter(server);
		((NettyServerBuilder) builder).protocolNegotiator(negotiator(server, counter));
		return counter.met();
	}

	@Override
	public SecuredCredentials<ServerCredentials> credentials(ServerTransport server, Runnable build) {
		ConnectionCounter counter = counter(server);
		InternalProtocolNegotiator.ProtocolNegotiator negotiator = negotiator(server, counter);
		return new SecuredCredentials<>(InternalNettyServerCredentials.create((executors) -> {
			build.run();
			return negotiator;
		}), counter.met());
	}

	@Override
	public CompletableFuture<Void> secure(ManagedChannelBuilder<?> builder, ChannelTransport channel) {
		NettyChannelBuilder netty = (NettyChannelBuilder) builder;
		ChannelTransport.Tls tls = channel.tls();
		if (tls == null) {
			netty.usePlaintext();
		}
		else {
			if (tls.serverName() != null) {
				netty.overrideAuthority(tls.serverName());
			}
			netty.sslContext(context(tls)).useTransportSecurity();
		}
		ChannelNegotiators negotiators = negotiators(channel);
		InternalNettyChannelBuilder.setProtocolNegotiatorFactory(netty, negotiators);
		return negotiators.built();
	}

	@Override
	public SecuredCredentials<ChannelCredentials> credentials(ChannelTransport channel) {
		ChannelNegotiators negotiators = negotiators(channel);
		return new SecuredCredentials<>(InternalNettyChannelCredentials.create(negotiators), negotiators.built());
	}

	private ConnectionCounter counter(ServerTransport server) {
		return new ConnectionCounter(server.limits().connections(), server.tls() == null, this.connections, this.log);
	}

	private InternalProtocolNegotiator.ProtocolNegotiator negotiator(ServerTransport server,
			ConnectionCounter counter) {
		ServerTransport.Tls tls = server.tls();
		if (tls == null) {
			return new WrappedNegotiator(InternalProtocolNegotiators.serverPlaintext(),
					(next) -> counter.admit(server.loopbackOnly() ? new LoopbackGate(next, this.log::server) : next));
		}
		RotatingSslContext context = context(tls);
		Duration timeout = server.limits().handshakeTimeout();
		Duration half = timeout.dividedBy(2);
		RefusalPace pace = new RefusalPace((half.compareTo(LATEST) < 0) ? half : LATEST, System::nanoTime,
				this.connections::isOwn);
		HandshakeListener both = (handshake) -> {
			pace.completed(handshake);
			this.listener.completed(handshake);
		};
		Observation observation = new Observation(null, timeout, context, both, this.log,
				tls.options().trustRules().clock());
		// serverTls does not take the threads
		InternalProtocolNegotiator.ProtocolNegotiator negotiator = InternalNettyServerCredentials
			.toNegotiator(NettySslContextServerCredentials.create(context))
			.newNegotiator(new FixedObjectPool<>(this.threads));
		return new WrappedNegotiator(negotiator,
				(next) -> counter.admit(new LateReading(pace, new HandshakeObserver(next, observation))));
	}

	private ChannelNegotiators negotiators(ChannelTransport channel) {
		ChannelTransport.Tls tls = channel.tls();
		if (tls == null) {
			UnaryOperator<ChannelHandler> gate = channel.loopbackOnly()
					? (next) -> new LoopbackGate(next, this.log::channel) : UnaryOperator.identity();
			return new ChannelNegotiators(80,
					() -> new WrappedNegotiator(InternalProtocolNegotiators.plaintext(), gate));
		}
		RotatingSslContext context = context(tls);
		Observation observation = new Observation(channel.channel(), null, context, this.listener, this.log,
				tls.options().trustRules().clock());
		return new ChannelNegotiators(443,
				() -> new WrappedNegotiator(InternalProtocolNegotiators.tls(context, null, null),
						(next) -> new HandshakeObserver(next, observation)));
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
