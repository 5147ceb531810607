package io.github.securegrpc.peer;

import java.net.SocketAddress;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;

/**
 * A call that was denied, or was ended because what let it begin does not hold any more.
 *
 * @param reason why
 * @param method the full name of the method, printable
 * @param caller who called
 * @param detail why in words, for the server's own logs
 * @param enforced whether the call was denied; in shadow mode it would have been
 * @since 0.1.0
 */
public record Denial(Reason reason, String method, Caller caller, String detail, boolean enforced) {

	public Denial {
		// of a method that the server does not have, the name is the peer's invention
		method = Printable.text(method);
		detail = Printable.line(detail);
	}

	/**
	 * Who called.
	 *
	 * @param peer the peer, or {@code null} where it presented no certificate
	 * @param address where the call came from, or {@code null} where that is not known
	 */
	public record Caller(@Nullable PeerIdentity peer, @Nullable SocketAddress address) {

		String name() {
			return (this.peer != null) ? this.peer.name() : "a peer without a certificate";
		}

	}

	/** Why a call is denied. */
	public enum Reason {

		/** The peer's certificate is not valid any more, or not yet. */
		EXPIRED,

		/** The trust anchors in force do not accept the peer's certificate. */
		UNTRUSTED,

		/** A certificate was needed, and the peer presented none. */
		NO_CERTIFICATE,

		/**
		 * The connection was not made by the transport that was decided, or is not known
		 * any more: something replaced it or its attributes.
		 */
		BYPASSED,
		/** No rule allows the peer to call the method. */
		NO_RULE;

		/**
		 * Returns the reason as meters and logs have it.
		 * @return the reason in lower case
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
