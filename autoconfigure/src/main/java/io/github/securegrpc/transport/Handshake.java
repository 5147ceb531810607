package io.github.securegrpc.transport;

import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

/**
 * A handshake that ended, well or not.
 *
 * @param channel the channel's name, or {@code null} on a server
 * @param peer the peer's address, or {@code null} if there was no connection
 * @param session the session, or {@code null} if the handshake failed
 * @param failure why it failed, or {@code null} if it did not
 * @param generation the generation of the material that it was made with
 * @since 0.1.0
 */
public record Handshake(@Nullable String channel, @Nullable SocketAddress peer, @Nullable SSLSession session,
		@Nullable Throwable failure, int generation) {

}
