package io.github.securegrpc.transport;

import java.security.cert.CertificateException;
import java.util.Locale;

/**
 * Says in words why a handshake failed. A certificate that we refused explains itself; an
 * alert or an error of the provider is translated.
 */
final class FailureText {

	private FailureText() {
	}

	static String of(Throwable failure, boolean server) {
		String message = "";
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateException && cause.getMessage() != null) {
				return cause.getMessage();
			}
			if (cause.getMessage() != null) {
				message = cause.getMessage();
			}
		}
		return translate(message, server);
	}

	private static String translate(String message, boolean server) {
		String text = message.toLowerCase(Locale.ROOT);
		if (server && (text.contains("peer_did_not_return_a_certificate") || text.contains("empty client certificate")
				|| text.contains("empty certificate chain"))) {
			return "the client presented no certificate, and secure-grpc.server.client-auth is require";
		}
		if (text.contains("not an ssl/tls record") || text.contains("plaintext connection")
				|| text.contains("http_request")) {
			return "the peer does not speak TLS";
		}
		if (text.contains("unsupported_protocol") || text.contains("protocol_version")
				|| text.contains("client requested protocol")) {
			return "no protocol version in common (%s)".formatted(message);
		}
		if (text.contains("no_shared_cipher") || text.contains("no cipher suites in common")) {
			return "no cipher suite in common (%s)".formatted(message);
		}
		if (text.contains("alert")) {
			return "the peer refused: %s%s".formatted(message,
					server ? "" : "; the server's log says why, most often it does not accept our certificate");
		}
		return message.isEmpty() ? "the connection was closed during the handshake" : message;
	}

}
