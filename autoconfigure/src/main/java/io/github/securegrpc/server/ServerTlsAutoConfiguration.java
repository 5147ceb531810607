package io.github.securegrpc.server;

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
 * Auto-configuration of the server's rules.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RotationAutoConfiguration.class)
@EnableConfigurationProperties(ServerProperties.class)
public final class ServerTlsAutoConfiguration {

	@Bean
	ServerRules secureGrpcServerRules(ServerProperties server, TlsProperties defaults, MaterialSources sources,
			RotatingMaterials materials, ObjectProvider<FallbackMaterial> fallback) {
		return new ServerRules(server, defaults, sources, materials, fallback.getIfAvailable());
	}

	@Bean
	ListeningServer secureGrpcListeningServer() {
		return new ListeningServer();
	}

}
