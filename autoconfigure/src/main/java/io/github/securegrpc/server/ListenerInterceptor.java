package io.github.securegrpc.server;

import io.grpc.ServerInterceptor;

/**
 * An interceptor of the server that listens, whichever engine starts it; a server within
 * the process has none. It is asked after the peer was found to be allowed to call, and
 * before any interceptor of the application's. Every bean of this type is used.
 *
 * @since 0.1.0
 */
public interface ListenerInterceptor extends ServerInterceptor {

}
