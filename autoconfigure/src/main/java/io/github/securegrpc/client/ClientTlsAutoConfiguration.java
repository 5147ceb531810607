package io.github.securegrpc.client;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.material.source.MaterialSources;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.rotation.RotationAutoConfiguration;

/**
 * Auto-configuration of the channels' rules.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RotationAutoConfiguration.class)
@EnableConfigurationProperties(ClientProperties.class)
public final class ClientTlsAutoConfiguration {

	@Bean
	ChannelRules secureGrpcChannelRules(ClientProperties client, TlsProperties defaults, MaterialSources sources,
			RotatingMaterials materials, ObjectProvider<FallbackMaterial> fallback) {
		return new ChannelRules(client, defaults, sources,
				new ClientMaterials(sources, materials, fallback.getIfAvailable()));
	}

	@Bean
	ChannelCounts secureGrpcChannelCounts() {
		return new ChannelCounts();
	}

}
