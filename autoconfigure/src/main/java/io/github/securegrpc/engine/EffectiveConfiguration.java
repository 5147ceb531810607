package io.github.securegrpc.engine;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.material.MaterialSummary;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.server.SecureServer;
import io.github.securegrpc.text.PrintableLog;
import io.github.securegrpc.transport.Transports;

/**
 * Says what is in force: one line for each side, once its transport is prepared, as only
 * then the provider is chosen. The endpoint has the whole.
 */
final class EffectiveConfiguration {

	private static final PrintableLog logger = PrintableLog.of(EffectiveConfiguration.class);

	private final Transports transports;

	private final TlsProperties defaults;

	/**
	 * Creates the sayer.
	 * @param transports know the providers
	 * @param defaults what holds for every side
	 */
	EffectiveConfiguration(Transports transports, TlsProperties defaults) {
		this.transports = transports;
		this.defaults = defaults;
	}

	/**
	 * Says what the server does.
	 * @param server what was decided
	 */
	void say(SecureServer server) {
		logger.info("Secure gRPC server: " + ((server.material() == null)
				? "PLAINTEXT (secure-grpc.server.plaintext is %s)".formatted(lower(server.plaintext()))
				: "%s, client-auth %s, %s".formatted(tls(server.protocols(), server.material()),
						lower(server.clientAuth()), material(server.material(), "none"))));
	}

	/**
	 * Says what a channel does.
	 * @param channel what was decided
	 */
	void say(SecureChannel channel) {
		logger.info("Secure gRPC channel %s: %s".formatted(channel.name(),
				(channel.material() == null) ? "PLAINTEXT (plaintext is %s)".formatted(lower(channel.plaintext()))
						: "%s, %s%s".formatted(tls(channel.protocols(), channel.material()), server(channel),
								material(channel.material(), "the JVM's roots"))));
	}

	private String tls(List<String> protocols, RotatingMaterial material) {
		return "TLS %s, provider %s%s".formatted(protocols,
				lower(Objects.requireNonNullElse(this.transports.provider(material), this.defaults.provider())),
				(this.defaults.validation() == ValidationMode.STRICT) ? "" : ", validation platform");
	}

	/* Only what was set. */
	private static String server(SecureChannel channel) {
		return ((channel.serverName() != null) ? "server-name %s, ".formatted(channel.serverName()) : "")
				+ (channel.pins().isEmpty() ? "" : "pins: %d, ".formatted(channel.pins().size()));
	}

	private static String material(RotatingMaterial material, String withoutAnchors) {
		return MaterialSummary.of(material.current().material(), material.origin(), withoutAnchors);
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
