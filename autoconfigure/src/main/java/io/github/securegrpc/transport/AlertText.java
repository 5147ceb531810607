package io.github.securegrpc.transport;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The alerts by which a peer refuses us (RFC 8446, 6.2) and that {@link FailureText} does
 * not know. Both providers write an alert's name after the word "alert".
 */
enum AlertText {

	CERTIFICATE_EXPIRED(HandshakeResult.CERTIFICATE_EXPIRED),

	CERTIFICATE_REVOKED(HandshakeResult.CERTIFICATE_REVOKED),

	UNKNOWN_CA(HandshakeResult.CERTIFICATE_AUTHORITY_INVALID),

	BAD_CERTIFICATE(HandshakeResult.CERTIFICATE_VERIFICATION_FAILED),

	UNSUPPORTED_CERTIFICATE(HandshakeResult.CERTIFICATE_VERIFICATION_FAILED),

	CERTIFICATE_UNKNOWN(HandshakeResult.CERTIFICATE_VERIFICATION_FAILED),

	CERTIFICATE_REQUIRED(HandshakeResult.CERTIFICATE_VERIFICATION_FAILED),

	ACCESS_DENIED(HandshakeResult.CERTIFICATE_VERIFICATION_FAILED),

	HANDSHAKE_FAILURE(HandshakeResult.CIPHER_SUITE_MISMATCH),

	INSUFFICIENT_SECURITY(HandshakeResult.CIPHER_SUITE_MISMATCH),

	OTHER(HandshakeResult.UNKNOWN_FAILURE);

	private final HandshakeResult result;

	AlertText(HandshakeResult result) {
		this.result = result;
	}

	HandshakeResult result() {
		return this.result;
	}

	/* What it most often means of a channel, as the end of a sentence. */
	String guess(OwnEnd us) {
		boolean ofCiphers = this == HANDSHAKE_FAILURE || this == INSUFFICIENT_SECURITY;
		return ofCiphers ? ", perhaps it has no protocol, cipher suite or group in common with us, but " + us.guess()
				: ", " + us.guess();
	}

	static @Nullable AlertText in(String text) {
		int alert = text.indexOf("alert");
		if (alert < 0) {
			return null;
		}
		for (AlertText candidate : values()) {
			if (text.indexOf(candidate.name().toLowerCase(Locale.ROOT).replace('_', ' '), alert) >= 0) {
				return candidate;
			}
		}
		return OTHER;
	}

}
