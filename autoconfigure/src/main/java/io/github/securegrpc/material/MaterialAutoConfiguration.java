package io.github.securegrpc.material;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what TLS material is loaded from.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@EnableConfigurationProperties(TlsProperties.class)
public final class MaterialAutoConfiguration {

	@Bean
	MaterialSources secureGrpcMaterialSources(ObjectProvider<SslBundles> bundles) {
		return new MaterialSources(bundles.getIfAvailable(DefaultSslBundleRegistry::new));
	}

}
