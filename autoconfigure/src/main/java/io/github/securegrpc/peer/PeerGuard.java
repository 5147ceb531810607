package io.github.securegrpc.peer;

import java.util.List;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;

import io.github.securegrpc.peer.rules.Rules;
import io.github.securegrpc.text.PrintableLog;

/**
 * What asks who calls one server, and whether it may. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PeerGuard {

	private static final PrintableLog logger = PrintableLog.of(PeerGuard.class);

	private final UnknownMethods unknownMethods = new UnknownMethods();

	private final PeerFilter filter;

	private final List<ServerInterceptor> interceptors;

	/* The last one is asked first. */
	PeerGuard(PeerFilter filter, List<ServerInterceptor> interceptors) {
		this.filter = filter;
		this.interceptors = List.copyOf(interceptors);
	}

	/**
	 * Guards the methods that a server does not have: who may not call a method does not
	 * learn whether it is there. A fallback registry that the application sets later
	 * takes the place of ours: call this first.
	 * @param builder the engine's builder
	 */
	public void guardUnknown(ServerBuilder<?> builder) {
		builder.fallbackHandlerRegistry(this.unknownMethods);
	}

	/**
	 * Guards a server. Of the interceptors of a builder the last one added is the first
	 * one asked, before those of any service: call this last.
	 * @param builder the engine's builder
	 */
	public void guard(ServerBuilder<?> builder) {
		builder.addTransportFilter(this.filter);
		builder.intercept(this.unknownMethods);
		this.interceptors.forEach(builder::intercept);
	}

	/**
	 * Warns if the methods that a server does not have are not guarded after all.
	 * @param server the server that was guarded, and began to listen
	 */
	public void started(Server server) {
		if (!this.unknownMethods.answerFor(server)) {
			logger.warn("A fallbackHandlerRegistry of the application's answers for the methods that the gRPC server "
					+ "does not have: what it does not know either is UNIMPLEMENTED to anyone, whatever %s says. "
						.formatted(Rules.PREFIX)
					+ "Have its lookupMethod return a method for each name that closes its calls with UNIMPLEMENTED, "
					+ "or do without it.");
		}
	}

}
