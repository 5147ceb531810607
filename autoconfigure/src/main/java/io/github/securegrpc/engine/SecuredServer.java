package io.github.securegrpc.engine;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Supplier;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.peer.PeerGuard;
import io.github.securegrpc.server.ListenerInterceptor;
import io.github.securegrpc.transport.SecuredCredentials;
import io.github.securegrpc.transport.ServerTransport;
import io.github.securegrpc.transport.Transports;

/**
 * A server, secured, whichever engine builds it. Everything is decided when this is made.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecuredServer {

	/* Of any context: what a child has started, its parents hear of, too. */
	private static final Set<Server> PROVEN = Collections
		.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

	private final Transports transports;

	private final ServerTransport transport;

	private final PeerGuard peers;

	private final ServerProof proof;

	private final Supplier<List<ListenerInterceptor>> interceptors;

	private final Runnable said;

	SecuredServer(Transports transports, ServerTransport transport, PeerGuard peers, ServerProof proof,
			Supplier<List<ListenerInterceptor>> interceptors, Runnable said) {
		this.transports = transports;
		this.transport = transport;
		this.peers = peers;
		this.proof = proof;
		this.interceptors = interceptors;
		this.said = said;
	}

	/**
	 * Tries what was decided in a handshake in memory, and says it. Before a port opens.
	 * @throws RefusedException if it cannot work
	 */
	public void prepare() {
		this.transports.prepare(this.transport);
		this.said.run();
	}

	/**
	 * Does what comes before any customizer of the application's.
	 * @param builder the engine's builder
	 */
	public void begin(ServerBuilder<?> builder) {
		this.peers.guardUnknown(builder);
	}

	/**
	 * Returns the credentials for a builder, which is to be {@link #limit limited} last.
	 * @param build run when a server is built with them, which ends with what this throws
	 * @return credentials for one server
	 */
	public ServerCredentials credentials(Runnable build) {
		SecuredCredentials<ServerCredentials> credentials = this.transports.credentials(this.transport, build);
		this.proof.secured(credentials.used());
		return credentials.credentials();
	}

	/**
	 * Secures a builder that was made with our {@link #credentials}: limits, identity and
	 * rules. After any customizer of the application's.
	 * @param builder the engine's builder
	 */
	public void limit(ServerBuilder<?> builder) {
		this.transports.limit(builder, this.transport.limits());
		guard(builder);
	}

	/**
	 * Secures a builder that was made without credentials: TLS, limits, identity and
	 * rules. After any customizer of the application's.
	 * @param builder the engine's builder
	 */
	public void secure(ServerBuilder<?> builder) {
		this.proof.secured(this.transports.secure(builder, this.transport));
		guard(builder);
	}

	private void guard(ServerBuilder<?> builder) {
		this.interceptors.get().forEach(builder::intercept);
		this.peers.guard(builder);
	}

	/**
	 * Returns whether a factory has its builders secured. One is built to see, before a
	 * port opens: it holds nothing as long as it is not started.
	 * @param factory makes a server, which is not started
	 * @return whether it does
	 */
	public boolean isAskedBy(Runnable factory) {
		return this.proof.isAskedBy(factory);
	}

	/**
	 * Looks at a server that listens already: one that is not ours is down before it is
	 * refused.
	 * @param server the server
	 * @param suspects the beans that may have changed it
	 * @throws RefusedException if it does not make its connections the way that was
	 * decided
	 */
	public void started(Server server, List<String> suspects) {
		if (!this.proof.isOurs(server)) {
			String address = server.getListenSockets().toString();
			server.shutdownNow();
			throw new RefusedException(
					"the gRPC server at %s does not make its connections the way that was decided: something replaced our part of its builder (%s)"
						.formatted(address,
								suspects.isEmpty() ? "no bean that could is known" : String.join(", ", suspects)),
					"Find what calls sslContext, useTransportSecurity or protocolNegotiator on the server's builder, and remove it: secure-grpc.server.* decides.");
		}
		PROVEN.add(server);
		this.peers.started(server);
	}

	/**
	 * Returns whether a server that listens is one that was found to be secured.
	 * @param server the server
	 * @return whether it is
	 */
	public static boolean isProven(Server server) {
		return PROVEN.contains(server);
	}

	/**
	 * Returns the methods of a server.
	 * @param server the server
	 * @return their full names
	 */
	public static List<String> methods(Server server) {
		return server.getServices()
			.stream()
			.flatMap((service) -> service.getMethods().stream())
			.map((method) -> method.getMethodDescriptor().getFullMethodName())
			.toList();
	}

	/**
	 * Returns whether something of grpc-java's stays within the process.
	 * @param object a builder, or an address that a server listens at
	 * @return whether it does
	 */
	public static boolean isInProcess(Object object) {
		return object.getClass().getName().startsWith("io.grpc.inprocess.");
	}

}
