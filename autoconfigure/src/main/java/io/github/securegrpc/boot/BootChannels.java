package io.github.securegrpc.boot;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.core.env.PropertyResolver;

import io.github.securegrpc.engine.ChannelFactoryProxy;
import io.github.securegrpc.engine.ChannelTargets;
import io.github.securegrpc.engine.DecidedChannels;
import io.github.securegrpc.engine.OpenChannels;
import io.github.securegrpc.engine.SecuredServer;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.SecuredCredentials;
import io.github.securegrpc.transport.Transports;

/**
 * The channels of Spring Boot's own gRPC, secured: each is decided once, when it is first
 * made or, if the properties name it, at start. Thread-safe.
 */
final class BootChannels implements ChannelTargets {

	private static final String IN_PROCESS = "in-process:";

	/* Of a target that is known later, as a test's local.grpc.server.port is. */
	private static final String PLACEHOLDER = "${";

	/* How far the channel is that this thread has made: completed once it is built. */
	private static final ThreadLocal<@Nullable CompletableFuture<Void>> BUILT = new ThreadLocal<>();

	private final DecidedChannels decisions;

	private final OpenChannels open;

	private final Transports transports;

	private final GrpcClientProperties properties;

	private final PropertyResolver placeholders;

	private final Set<String> asked = ConcurrentHashMap.newKeySet();

	BootChannels(DecidedChannels decisions, OpenChannels open, Transports transports, GrpcClientProperties properties,
			PropertyResolver placeholders) {
		this.decisions = decisions;
		this.open = open;
		this.transports = transports;
		this.properties = properties;
		this.placeholders = placeholders;
	}

	ChannelCredentials credentials(String name) {
		SecuredCredentials<ChannelCredentials> credentials = this.transports.credentials(decide(name));
		BUILT.set(credentials.used());
		return credentials.credentials();
	}

	void prepare() {
		this.decisions.prepare(this);
	}

	/* After any customizer of the application's. */
	void complete(String name, ManagedChannelBuilder<?> builder) {
		if (SecuredServer.isInProcess(builder)) {
			BUILT.set(CompletableFuture.completedFuture(null));
			return;
		}
		ChannelTransport transport = decide(name);
		if (target(name).startsWith("unix:")) {
			// spring-grpc leaves the credentials out
			BUILT.set(this.transports.secure(builder, transport));
		}
		else if (transport.tls() != null && transport.tls().serverName() != null) {
			builder.overrideAuthority(transport.tls().serverName());
		}
		this.decisions.complete(name, builder);
		this.decisions.say(name);
	}

	/*
	 * Has a factory make a channel. One that it made without our part, or whose builder
	 * somebody changed after us, is down before anybody calls over it.
	 */
	@Nullable Channel checked(String name, Object factory, ChannelFactoryProxy.Maker maker) {
		CompletableFuture<Void> before = BUILT.get();
		BUILT.remove();
		try {
			Channel made = make(name, maker);
			return (made == null) ? null : this.open.open(() -> this.decisions.decided(name),
					() -> (ManagedChannel) made, (channel) -> check(name, factory, channel));
		}
		finally {
			BUILT.set(before);
		}
	}

	/* A builder that has our credentials refuses others. */
	private static @Nullable Channel make(String name, ChannelFactoryProxy.Maker maker) {
		try {
			return maker.make();
		}
		catch (IllegalStateException ex) {
			if (!String.valueOf(ex.getMessage()).contains("Cannot change security")) {
				throw ex;
			}
			throw new RefusedException(
					"something changes the transport security of the channel %s (expected: secure-grpc.client.channels.%s.* decides)"
						.formatted(name, name),
					"Remove the call of usePlaintext, useTransportSecurity or sslContext from the GrpcChannelBuilderCustomizer that the cause of this shows. For plaintext on this machine set secure-grpc.client.channels.%s.plaintext=loopback."
						.formatted(name),
					ex);
		}
	}

	private void check(String name, Object factory, Channel channel) {
		CompletableFuture<Void> secured = BUILT.get();
		if (secured == null || !secured.isDone()) {
			throw new RefusedException(
					"the channel %s does not connect the way that was decided: %s".formatted(name,
							(secured == null)
									? factory.getClass().getName()
											+ " made it without the ChannelCredentialsProvider bean"
									: "something changed its builder after us"),
					"Have the factory ask the ChannelCredentialsProvider bean for the channel's credentials, as Spring Boot's do, or remove what makes its channels or changes their builders.");
		}
		this.decisions.checkServerName(name, channel);
	}

	private ChannelTransport decide(String name) {
		this.asked.add(name);
		return this.decisions.decide(name, this);
	}

	@Override
	public Set<String> known() {
		Set<String> known = new HashSet<>(this.asked);
		this.properties.getChannel()
			.keySet()
			.stream()
			.filter((name) -> !target(name).startsWith(IN_PROCESS) && !target(name).contains(PLACEHOLDER))
			.forEach(known::add);
		return known;
	}

	@Override
	public String property(String name) {
		return "spring.grpc.client.channel.%s.target".formatted(name);
	}

	/*
	 * As Spring Boot finds it; static: and tcp: are the same to it, with slashes or
	 * without.
	 */
	@Override
	public String target(String name) {
		GrpcClientProperties.Channel channel = this.properties.getChannel().get(name);
		String unset = name.equals("default") ? new GrpcClientProperties.Channel().getTarget() : name;
		return this.placeholders.resolvePlaceholders((channel != null) ? channel.getTarget() : unset)
			.replaceFirst("^(static|tcp):/*", "static://");
	}

}
