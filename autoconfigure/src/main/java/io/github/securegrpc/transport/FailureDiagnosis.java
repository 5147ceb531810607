package io.github.securegrpc.transport;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.validation.PeerRefusedException;
import io.github.securegrpc.validation.PeerRefusedException.Reason;

/**
 * Says what came of a failed handshake, by name and in words. A certificate that we
 * refused explains itself; an alert or an error of the provider is translated.
 *
 * @since 0.1.0
 */
public final class FailureDiagnosis {

	private static final int MAX_MESSAGE = 300;

	private FailureDiagnosis() {
	}

	/**
	 * Diagnoses a failed handshake.
	 * @param failure the failure
	 * @param us our end of it
	 * @return the result and the reason
	 */
	public static Handshake.Failed of(Throwable failure, OwnEnd us) {
		PeerRefusedException refused = find(failure, PeerRefusedException.class);
		if (refused != null) {
			return new Handshake.Failed(result(refused.reason()), explain(refused, us.channel()));
		}
		CertificateException unreadable = find(failure, CertificateException.class);
		if (unreadable != null) {
			// whatever our trust manager refuses is a PeerRefusedException
			return new Handshake.Failed(HandshakeResult.CERTIFICATE_MALFORMED,
					"the peer's certificate cannot be read (%s)"
						.formatted(shortened(String.valueOf(unreadable.getMessage()))));
		}
		String message = "";
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause.getMessage() != null) {
				message = cause.getMessage();
			}
		}
		return translate(shortened(message), find(failure, ClosedChannelException.class) != null, us);
	}

	private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	private static String explain(PeerRefusedException refused, @Nullable String channel) {
		String text = String.valueOf(refused.getMessage());
		return (channel != null) ? text.replace("<channel>", channel) : text;
	}

	private static HandshakeResult result(Reason reason) {
		return switch (reason) {
			case EXPIRED -> HandshakeResult.CERTIFICATE_EXPIRED;
			case NOT_YET_VALID -> HandshakeResult.CERTIFICATE_NOT_YET_VALID;
			case REVOKED -> HandshakeResult.CERTIFICATE_REVOKED;
			case UNKNOWN_AUTHORITY -> HandshakeResult.CERTIFICATE_AUTHORITY_INVALID;
			case WRONG_NAME -> HandshakeResult.CERTIFICATE_HOSTNAME_MISMATCH;
			case MALFORMED -> HandshakeResult.CERTIFICATE_MALFORMED;
			case RULE -> HandshakeResult.CERTIFICATE_VERIFICATION_FAILED;
		};
	}

	private static Handshake.Failed translate(String message, boolean closed, OwnEnd us) {
		String text = message.toLowerCase(Locale.ROOT).replace('_', ' ');
		for (FailureText known : FailureText.values()) {
			if (known.matches(text)) {
				return new Handshake.Failed(known.result(), known.describe(message, us));
			}
		}
		AlertText alert = AlertText.in(text);
		if (alert != null) {
			return new Handshake.Failed(alert.result(), "the peer refused: %s%s".formatted(message,
					(us.channel() == null) ? "" : "; the server's log says why" + alert.guess(us)));
		}
		if (closed || message.isEmpty() || text.contains("connection reset") || text.contains("closed")) {
			return new Handshake.Failed(HandshakeResult.PEER_CONNECTION_CLOSED,
					"the connection was closed during the handshake%s%s".formatted(
							message.isEmpty() ? "" : " (" + message + ")",
							(us.channel() == null) ? "" : "; the server's log says why, " + us.guess()));
		}
		return new Handshake.Failed(HandshakeResult.UNKNOWN_FAILURE, message);
	}

	private static String shortened(String message) {
		return (message.length() > MAX_MESSAGE) ? message.substring(0, MAX_MESSAGE) + "…" : message;
	}

}
