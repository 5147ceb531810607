package io.github.securegrpc.transport;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What one peer may do to a server before others suffer.
 *
 * @param handshakeTimeout from accept to the end of the HTTP/2 preface
 * @param maxConnectionAge after which a connection is closed gracefully, or {@code null}
 * @param callsPerConnection calls open at the same time on one connection
 * @param resets stream resets per window and connection
 * @param resetsWindow the window in which resets are counted, of whole seconds
 * @param connections connections open at the same time, or {@code null} for any number
 * @since 0.1.0
 */
public record ConnectionLimits(Duration handshakeTimeout, @Nullable Duration maxConnectionAge, int callsPerConnection,
		int resets, Duration resetsWindow, @Nullable Integer connections) {

}
