package io.github.securegrpc.boot;

import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.core.env.Environment;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.SetProperties;
import io.github.securegrpc.material.SetProperties.SetProperty;

/**
 * Refuses Spring Boot's own TLS settings of gRPC, in whatever spelling: beside ours they
 * are two owners of one thing, and whoever left one of them behind believes it to be in
 * force.
 */
final class BootConflicts {

	private static final Map<String, String> OF_SERVER = Map.of("enabled", "none, TLS is the default", "bundle",
			"secure-grpc.server.bundle", "clientauth", "secure-grpc.server.client-auth", "secure",
			"none, clients are judged by secure-grpc.server.ca");

	private static final String CHANNEL = "secure-grpc.client.channels.%s.";

	private static final Map<String, String> OF_CHANNEL = Map.of("enabled", "none, TLS is the default", "bundle",
			CHANNEL + "bundle");

	private static final String BYPASS = "bypasscertificatevalidation";

	private BootConflicts() {
	}

	static void checkServer(Environment environment, GrpcServerProperties properties) {
		SetProperties.under(environment, "spring.grpc.server.ssl").findFirst().ifPresent((property) -> {
			throw refusal(property, OF_SERVER.getOrDefault(property.letters(4), "secure-grpc.server.*"));
		});
		GrpcServerProperties.Ssl ssl = properties.getSsl();
		GrpcServerProperties.Ssl unset = new GrpcServerProperties.Ssl();
		if (ssl.getBundle() != null || ssl.getEnabled() != null || ssl.isSecure() != unset.isSecure()
				|| ssl.getClientAuth() != unset.getClientAuth()) {
			throw unlisted("spring.grpc.server.ssl");
		}
	}

	static void checkChannels(Environment environment, GrpcClientProperties properties) {
		SetProperties.under(environment, "spring.grpc.client.channel").forEach((property) -> {
			String channel = property.name().getElement(4, Form.ORIGINAL);
			String setting = property.letters(5);
			if (setting.startsWith("ssl")) {
				throw refusal(property, OF_CHANNEL.getOrDefault(property.letters(6), CHANNEL + "*").formatted(channel));
			}
			if (setting.equals(BYPASS)) {
				throw refusal(property, "none, every certificate is validated; a server's own certificate as "
						+ (CHANNEL + "ca").formatted(channel) + " is a pin");
			}
		});
		properties.getChannel().forEach((name, channel) -> {
			if (channel.getSsl().getBundle() != null || channel.getSsl().getEnabled() != null
					|| channel.isBypassCertificateValidation()) {
				throw unlisted("spring.grpc.client.channel." + name);
			}
		});
	}

	private static RefusedException refusal(SetProperty property, String counterpart) {
		return new RefusedException("%s is set beside secure-grpc (expected: one owner of the TLS), in %s".formatted(
				property.name(), property.origin()), "Remove it. Its counterpart here: %s.".formatted(counterpart));
	}

	/* A property source need not say what it has, and code may set it as well. */
	private static RefusedException unlisted(String prefix) {
		return new RefusedException(
				"%s.* has TLS settings beside secure-grpc (expected: one owner of the TLS)".formatted(prefix),
				"Find the property source or the code that sets them, and remove that. docs/migrate.md has the table of counterparts.");
	}

}
