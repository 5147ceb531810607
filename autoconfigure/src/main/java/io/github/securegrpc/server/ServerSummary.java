package io.github.securegrpc.server;

import java.util.Locale;

import io.github.securegrpc.material.MaterialSummary;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.TlsProperties;

/**
 * The effective configuration of the server in one line.
 */
final class ServerSummary {

	private ServerSummary() {
	}

	static String of(SecureServer server, TlsProperties defaults) {
		if (server.material() == null) {
			return "Secure gRPC server: PLAINTEXT (secure-grpc.server.plaintext is %s)"
				.formatted((server.plaintext() == Plaintext.LOOPBACK) ? "loopback" : "anywhere");
		}
		return "Secure gRPC server: TLS %s, provider %s, client-auth %s, validation %s, %s".formatted(
				server.protocols(), lower(defaults.provider()), lower(server.clientAuth()),
				lower(defaults.validation()),
				MaterialSummary.of(server.material().current().material(), server.material().origin(), "none"));
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
