package io.github.securegrpc.peer;

import io.grpc.ServerBuilder;

/**
 * What asks who calls one server, and whether it may. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PeerGuard {

	private final PeerFilter filter;

	private final PeerInterceptor interceptor;

	PeerGuard(PeerFilter filter, PeerInterceptor interceptor) {
		this.filter = filter;
		this.interceptor = interceptor;
	}

	/**
	 * Guards a server. Of the interceptors of a builder the last one added is the first
	 * one asked, before those of any service: call this last.
	 * @param builder the engine's builder
	 */
	public void guard(ServerBuilder<?> builder) {
		builder.addTransportFilter(this.filter);
		builder.intercept(this.interceptor);
	}

}
