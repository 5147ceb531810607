package io.github.securegrpc.devh;

import net.devh.boot.grpc.server.config.GrpcServerProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.material.RefusedException;

/**
 * net.devh's own TLS settings beside ours are two owners of one thing.
 */
final class DevhConflicts {

	void check(GrpcServerProperties server) {
		if (server.getSecurity().isEnabled()) {
			throw new RefusedException(
					"grpc.server.security.enabled is true beside secure-grpc (expected: one owner of the server's TLS)",
					"Move grpc.server.security.* to secure-grpc.server.* and remove it; docs/migrate.md has the table.");
		}
	}

	void check(Environment environment, SecureChannel channel) {
		Binder binder = Binder.get(environment);
		for (String name : new String[] { channel.name(), "GLOBAL" }) {
			String prefix = "grpc.client." + ConfigurationPropertyName.adapt(name, '.').toString();
			if (binder.bind(prefix + ".security", Bindable.mapOf(String.class, Object.class)).isBound()) {
				throw new RefusedException(
						"grpc.client.%s.security.* is set beside secure-grpc (expected: one owner of the channel's TLS)"
							.formatted(name),
						"Move it to secure-grpc.client.channels.%s.* and remove it; authority-override is server-name."
							.formatted(channel.name()));
			}
			String negotiation = binder.bind(prefix + ".negotiation-type", String.class).orElse("");
			boolean tls = channel.material() != null;
			if (!negotiation.isEmpty() && tls != negotiation.equalsIgnoreCase("tls")) {
				throw new RefusedException(
						"grpc.client.%s.negotiation-type is %s, but secure-grpc decides that the channel %s is %s"
							.formatted(name, negotiation, channel.name(), tls ? "TLS" : "plaintext"),
						"Remove it. For plaintext on this machine set secure-grpc.client.channels.%s.plaintext=loopback."
							.formatted(channel.name()));
			}
		}
	}

}
