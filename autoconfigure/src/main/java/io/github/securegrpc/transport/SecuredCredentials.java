package io.github.securegrpc.transport;

import java.util.concurrent.CompletableFuture;

/**
 * Credentials of grpc-java's public API that carry our TLS. A builder made with them
 * refuses every later change of its security.
 *
 * @param <C> {@link io.grpc.ServerCredentials} or {@link io.grpc.ChannelCredentials}
 * @param credentials the credentials, for one server or channel
 * @param used completed once a server that was built with them accepts a connection, or
 * once a channel is built with them
 * @since 0.1.0
 */
public record SecuredCredentials<C>(C credentials, CompletableFuture<Void> used) {

}
