package io.github.securegrpc.peer;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Objects;

import io.grpc.Grpc;
import io.grpc.ServerCall;
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
	 * @param address where the call came from, or {@code null} where that is not known;
	 * without a port where a trusted proxy has named it
	 * @param user the user whose password was verified, or {@code null}
	 * @param proxy the trusted proxy that has named the address, or {@code null}
	 */
	public record Caller(@Nullable PeerIdentity peer, @Nullable SocketAddress address, @Nullable String user,
			@Nullable SocketAddress proxy) {

		/**
		 * Creates a caller that is not behind a proxy and is no user.
		 * @param peer the peer, or {@code null} where it presented no certificate
		 * @param address where the call came from, or {@code null} where that is not
		 * known
		 */
		public Caller(@Nullable PeerIdentity peer, @Nullable SocketAddress address) {
			this(peer, address, null, null);
		}

		static Caller of(ServerCall<?, ?> call) {
			PeerConnection connection = call.getAttributes().get(PeerConnection.KEY);
			Caller direct = (connection != null) ? connection.caller()
					: new Caller(null, call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
			BasicUser user = BasicUser.KEY.get();
			String name = (user != null) ? user.getName() : null;
			ClientAddress client = ClientAddress.KEY.get();
			return (client != null && client.forwarded())
					? new Caller(direct.peer(), new InetSocketAddress(client.address(), 0), name, direct.address())
					: new Caller(direct.peer(), direct.address(), name, null);
		}

		String name() {
			String certificate = (this.peer != null) ? this.peer.name() : null;
			String password = (this.user != null) ? Printable.line("user:" + this.user) : null;
			if (certificate != null && password != null) {
				return certificate + " and " + password;
			}
			return (certificate != null) ? certificate
					: Objects.requireNonNullElse(password, "a peer without a certificate");
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
		NO_RULE,

		/** A user's password was needed, and the call brought none. */
		NO_PASSWORD,

		/** What the call brought is not a user's password. */
		WRONG_PASSWORD,

		/** Too many passwords wait to be verified: nobody looked at this one. */
		TOO_MANY_PASSWORDS;

		/**
		 * Returns the reason as meters and logs have it.
		 * @return the reason in lower case
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
