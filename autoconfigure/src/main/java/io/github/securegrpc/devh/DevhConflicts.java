package io.github.securegrpc.devh;

import java.util.Map;

import net.devh.boot.grpc.client.config.GrpcChannelProperties;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.SetProperties;
import io.github.securegrpc.material.SetProperties.SetProperty;

/**
 * Refuses net.devh's own TLS settings, in whatever spelling: beside ours they are two
 * owners of one thing, and whoever left one of them behind believes it to be in force.
 */
final class DevhConflicts {

	private static final String CLIENT = "secure-grpc.client";

	private static final String BUNDLE = "a spring.ssl.bundle.jks.* and %s.bundle";

	private static final String OPTIONS = "the options of a spring.ssl.bundle.* and %s.bundle";

	private static final Map<String, String> COUNTERPARTS = Map.ofEntries(
			Map.entry("enabled", "none, TLS is the default"), Map.entry("certificate-chain", "%s.cert"),
			Map.entry("private-key", "%s.key"), Map.entry("private-key-password", "%s.key-password"),
			Map.entry("trust-cert-collection", "%s.ca"), Map.entry("client-auth", "%s.client-auth"),
			Map.entry("client-auth-enabled", "none, a channel that has a certificate presents it"),
			Map.entry("authority-override", "%s.server-name"), Map.entry("bundle", "%s.bundle"),
			Map.entry("ciphers", "%s.ciphers"), Map.entry("protocols", "%s.protocols"), Map.entry("key-store", BUNDLE),
			Map.entry("key-store-format", BUNDLE), Map.entry("key-store-password", BUNDLE),
			Map.entry("trust-store", BUNDLE), Map.entry("trust-store-format", BUNDLE),
			Map.entry("trust-store-password", BUNDLE), Map.entry("negotiation-type",
					"%s.plaintext: loopback where it is PLAINTEXT or PLAINTEXT_UPGRADE, else none"));

	/* Where a channel's are others than the server's. */
	private static final Map<String, String> OF_CHANNELS = Map.of("ciphers", OPTIONS, "protocols", OPTIONS);

	private final Environment environment;

	DevhConflicts(Environment environment) {
		this.environment = environment;
	}

	void checkServer(GrpcServerProperties server) {
		SetProperties.under(this.environment, "grpc.server.security").findFirst().ifPresent((property) -> {
			throw refusal(property, "grpc.server.security.", rest(property.name(), 3), "secure-grpc.server");
		});
		if (!server.getSecurity().equals(new GrpcServerProperties.Security())) {
			throw unlisted("grpc.server.security");
		}
	}

	void checkChannels(GrpcChannelsProperties channels) {
		SetProperties.under(this.environment, "grpc.client").forEach((property) -> {
			ConfigurationPropertyName name = property.name();
			String channel = name.getElement(2, Form.ORIGINAL);
			String prefix = "grpc.client." + channel + ".";
			String ours = channel.equalsIgnoreCase(GrpcChannelsProperties.GLOBAL_PROPERTIES_KEY) ? CLIENT
					: CLIENT + ".channels." + channel;
			if (isInProcess(channels.getClient().get(channel))) {
				return;
			}
			if (name.getNumberOfElements() > 3 && name.getElement(3, Form.UNIFORM).equals("security")) {
				throw refusal(property, prefix + "security.", rest(name, 4), ours);
			}
			if (rest(name, 3).equals("negotiationtype")) {
				throw refusal(property, prefix, "negotiationtype", ours);
			}
		});
		channels.getClient().forEach((name, channel) -> {
			if (!isInProcess(channel) && !channel.getSecurity().equals(new GrpcChannelProperties.Security())) {
				throw unlisted("grpc.client.%s.security".formatted(name));
			}
		});
	}

	/* A property source need not say what it has, and code may set it as well. */
	private static RefusedException unlisted(String prefix) {
		return new RefusedException(
				"%s.* is not what it is by default, beside secure-grpc (expected: one owner of the TLS)"
					.formatted(prefix),
				"Find the property source or the code that sets it, and remove that. docs/migrate.md has the table of counterparts.");
	}

	private static boolean isInProcess(@Nullable GrpcChannelProperties channel) {
		return channel != null && channel.getAddress() != null && "in-process".equals(channel.getAddress().getScheme());
	}

	/* What the spellings of a name have in common: variables have dots for dashes. */
	private static String rest(ConfigurationPropertyName name, int from) {
		StringBuilder rest = new StringBuilder();
		for (int i = from; i < name.getNumberOfElements() && !name.isNumericIndex(i); i++) {
			rest.append(name.getElement(i, Form.UNIFORM));
		}
		return rest.toString();
	}

	private static RefusedException refusal(SetProperty property, String prefix, String key, String ours) {
		String known = COUNTERPARTS.keySet()
			.stream()
			.filter((candidate) -> candidate.replace("-", "").equals(key))
			.findFirst()
			.orElse(key);
		return new RefusedException(
				"%s%s is set beside secure-grpc (expected: one owner of the TLS), in %s".formatted(prefix, known,
						property.origin()),
				"Remove it. Its counterpart here: %s. docs/migrate.md has the table."
					.formatted(counterpart(known, ours)));
	}

	private static String counterpart(String key, String ours) {
		if (key.equals("authority-override") && ours.equals(CLIENT)) {
			return CLIENT + ".channels.<name>.server-name, for each channel by itself";
		}
		String otherwise = ours.startsWith(CLIENT) ? OF_CHANNELS.get(key) : null;
		return ((otherwise != null) ? otherwise : COUNTERPARTS.getOrDefault(key, "none")).formatted(ours);
	}

}
