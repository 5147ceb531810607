package io.github.securegrpc.actuate;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.github.securegrpc.client.ClientProperties;
import io.github.securegrpc.client.ClientTlsAutoConfiguration;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.server.ServerProperties;
import io.github.securegrpc.server.ServerTlsAutoConfiguration;

/**
 * Auto-configuration that keeps keys and passwords out of Boot's endpoints.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ServerTlsAutoConfiguration.class, ClientTlsAutoConfiguration.class })
@ConditionalOnClass(SanitizingFunction.class)
public final class SanitizingAutoConfiguration {

	@Bean
	SanitizingFunction secureGrpcSecretValues(ObjectProvider<TlsProperties> defaults,
			ObjectProvider<ServerProperties> server, ObjectProvider<ClientProperties> client) {
		Set<@Nullable String> passwords = new HashSet<>();
		Set<@Nullable String> keys = new HashSet<>();
		defaults.ifAvailable((level) -> {
			passwords.add(level.keyPassword());
			keys.add(level.key());
		});
		server.ifAvailable((level) -> {
			passwords.add(level.keyPassword());
			keys.add(level.key());
		});
		client.ifAvailable((level) -> {
			passwords.add(level.keyPassword());
			keys.add(level.key());
			level.channels().values().forEach((channel) -> {
				passwords.add(channel.keyPassword());
				keys.add(channel.key());
				if (channel.basicAuth() != null) {
					passwords.add(channel.basicAuth().password());
				}
			});
		});
		return new SecretValues(passwords, keys);
	}

}
