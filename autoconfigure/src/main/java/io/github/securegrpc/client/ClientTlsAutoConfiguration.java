package io.github.securegrpc.client;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.MaterialAutoConfiguration;
import io.github.securegrpc.material.MaterialSources;
import io.github.securegrpc.material.TlsProperties;

/**
 * Auto-configuration of the channels' rules.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MaterialAutoConfiguration.class)
@EnableConfigurationProperties(ClientProperties.class)
public final class ClientTlsAutoConfiguration {

	@Bean
	ChannelRules secureGrpcChannelRules(ClientProperties client, TlsProperties defaults, MaterialSources sources,
			ObjectProvider<FallbackMaterial> fallback, ObjectProvider<Clock> clock) {
		return new ChannelRules(client, defaults, sources, fallback.getIfAvailable(),
				clock.getIfAvailable(Clock::systemUTC));
	}

}
