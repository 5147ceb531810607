package io.github.securegrpc.transport;

import java.net.SocketAddress;

import javax.net.ssl.SSLSession;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;

/**
 * A handshake that ended, well or not.
 *
 * @param channel the channel, or {@code null} on a server
 * @param peer the peer's address, or {@code null} if there was no connection
 * @param generation the generation of the material that it was made with
 * @param end how it ended
 * @since 0.1.0
 */
public record Handshake(@Nullable ChannelTarget channel, @Nullable SocketAddress peer, int generation, End end) {

	/**
	 * How a handshake ended.
	 */
	public sealed interface End {

		/**
		 * Returns the result by its gRFC A118 name.
		 * @return the result
		 */
		HandshakeResult result();

	}

	/**
	 * It succeeded.
	 *
	 * @param session the session
	 * @param resumption whether the session was resumed
	 */
	public record Completed(SSLSession session, Resumption resumption) implements End {

		@Override
		public HandshakeResult result() {
			return HandshakeResult.SUCCESS;
		}

	}

	/**
	 * It failed.
	 *
	 * @param result the result by its gRFC A118 name
	 * @param detail who was refused, why, and what to do; printable
	 */
	public record Failed(HandshakeResult result, String detail) implements End {

		public Failed {
			detail = Printable.line(detail);
		}

	}

	/**
	 * Whether a session was resumed.
	 */
	public enum Resumption {

		/** A full handshake. */
		FULL_HANDSHAKE,

		/** A resumed session. */
		RESUMED_HANDSHAKE,

		/** It cannot be told: OpenSSL, and a peer without a certificate. */
		UNKNOWN

	}

}
