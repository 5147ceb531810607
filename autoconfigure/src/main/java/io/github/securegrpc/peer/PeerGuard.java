package io.github.securegrpc.peer;

import java.util.List;

import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;

/**
 * What asks who calls one server, and whether it may. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PeerGuard {

	private final PeerFilter filter;

	private final List<ServerInterceptor> interceptors;

	/* The last one is asked first. */
	PeerGuard(PeerFilter filter, List<ServerInterceptor> interceptors) {
		this.filter = filter;
		this.interceptors = List.copyOf(interceptors);
	}

	/**
	 * Guards a server. Of the interceptors of a builder the last one added is the first
	 * one asked, before those of any service: call this last.
	 * @param builder the engine's builder
	 */
	public void guard(ServerBuilder<?> builder) {
		builder.addTransportFilter(this.filter);
		this.interceptors.forEach(builder::intercept);
	}

}
