package io.github.securegrpc.transport;

import java.util.regex.Pattern;

/**
 * The errors of both providers that say what happened at this end, by the words they are
 * known by: lower case, without underscores.
 */
enum FailureText {

	NO_CLIENT_CERTIFICATE(HandshakeResult.CERTIFICATE_VERIFICATION_FAILED,
			"the client presented no certificate: it has none, or none of a CA that it was asked for",
			"peer did not return a certificate", "empty client certificate", "empty certificate chain"),

	NOT_TLS(HandshakeResult.UNEXPECTED_MESSAGE, "the peer does not speak TLS", "not an ssl/tls record",
			"plaintext connection", "http request", "unsupported or unrecognized ssl message"),

	MALFORMED(HandshakeResult.CERTIFICATE_MALFORMED, "the peer's certificate cannot be read", "cannot parse leaf cert",
			"unable to parse certificate", "failed to parse server certificates"),

	TIMEOUT(HandshakeResult.HANDSHAKE_TIMEOUT, "the handshake took too long", "handshake timed out"),

	VERSION(HandshakeResult.PROTOCOL_VERSION_UNSUPPORTED, "no protocol version in common", "unsupported protocol",
			"protocol version", "client requested protocol", "no appropriate protocol"),

	KEY_EXCHANGE(HandshakeResult.KEY_EXCHANGE_FAILURE,
			"no key could be agreed: enable a group at the peer that both have, such as X25519 or P-256",
			"no shared group", "no (\\w+ )*named group", "bad ecpoint", "wrong curve", "no key share",
			"key share extension", "key exchange"),

	CIPHER(HandshakeResult.CIPHER_SUITE_MISMATCH, "no cipher suite in common", "no shared cipher",
			"no cipher suites in common", "no negotiable cipher suite"),

	FALLBACK(HandshakeResult.INAPPROPRIATE_FALLBACK, "the client fell back to a lower protocol version",
			"inappropriate fallback"),

	APPLICATION_PROTOCOL(HandshakeResult.NO_APPLICATION_PROTOCOL, "HTTP/2 (h2) was not negotiated",
			"no application protocol", "no matching application protocol", "alpn"),

	SIGNATURE(HandshakeResult.SIGNATURE_VERIFICATION_FAILED, "a signature of the handshake is wrong", "bad signature",
			"keyexchange signature", "invalid certificateverify", "decrypt error", "invalid signature"),

	DECRYPTION(HandshakeResult.DECRYPTION_FAILED, "a record cannot be decrypted", "bad decrypt", "bad record mac",
			"decryption failed", "tag mismatch"),

	UNEXPECTED(HandshakeResult.UNEXPECTED_MESSAGE, "the peer sent a message that does not belong there",
			"unexpected message", "unexpected handshake message", "unexpected record");

	private final HandshakeResult result;

	private final String words;

	private final Pattern pattern;

	FailureText(HandshakeResult result, String words, String... patterns) {
		this.result = result;
		this.words = words;
		this.pattern = Pattern.compile(String.join("|", patterns));
	}

	HandshakeResult result() {
		return this.result;
	}

	boolean matches(String text) {
		return this.pattern.matcher(text).find();
	}

	/*
	 * Who does not speak TLS may have sent a password: Netty's message has all that came.
	 */
	String describe(String message, OwnEnd us) {
		return switch (this) {
			case NOT_TLS -> this.words;
			case NO_CLIENT_CERTIFICATE -> "%s (%s), and secure-grpc.server.client-auth is require (%s)"
				.formatted(this.words, us.asked(), message);
			default -> "%s (%s)".formatted(this.words, message);
		};
	}

}
