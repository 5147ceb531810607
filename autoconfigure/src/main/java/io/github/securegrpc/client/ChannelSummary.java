package io.github.securegrpc.client;

import java.util.Locale;

import io.github.securegrpc.material.MaterialSummary;
import io.github.securegrpc.material.TlsProperties;

/**
 * The effective configuration of a channel in one line.
 */
final class ChannelSummary {

	private ChannelSummary() {
	}

	static String of(SecureChannel channel, TlsProperties defaults) {
		if (channel.material() == null) {
			return "Secure gRPC channel %s: PLAINTEXT (plaintext is %s)".formatted(channel.name(),
					channel.plaintext().name().toLowerCase(Locale.ROOT));
		}
		return "Secure gRPC channel %s: TLS %s, provider %s, validation %s, server name %s, %d pins, %s".formatted(
				channel.name(), channel.protocols(), defaults.provider().name().toLowerCase(Locale.ROOT),
				defaults.validation().name().toLowerCase(Locale.ROOT),
				(channel.serverName() != null) ? channel.serverName() : "as dialled", channel.pins().size(),
				MaterialSummary.of(channel.material().current().material(), channel.material().origin(),
						"the JVM's roots"));
	}

}
