package io.github.securegrpc.transport.netty;

import java.time.Clock;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.ConnectionLog;
import io.github.securegrpc.transport.HandshakeListener;

/**
 * Whose handshakes are observed, and who is told.
 *
 * @param target the channel, or {@code null} for a server
 * @param timeout how long a handshake may take, or {@code null} for Netty's default
 * @param context made the engines of the handshakes
 * @param listener is told of every handshake
 * @param log has what becomes of connections later
 * @param clock tells the time
 */
record Observation(@Nullable ChannelTarget target, @Nullable Duration timeout, RotatingSslContext context,
		HandshakeListener listener, ConnectionLog log, Clock clock) {

}
