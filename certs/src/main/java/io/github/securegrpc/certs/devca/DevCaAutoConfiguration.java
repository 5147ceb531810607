package io.github.securegrpc.certs.devca;

import java.time.Clock;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.SecurityClock;

/**
 * Auto-configuration for certificates for development, with
 * {@code secure-grpc.dev-ca.enabled=true} only.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty("secure-grpc.dev-ca.enabled")
@EnableConfigurationProperties(DevCaProperties.class)
public final class DevCaAutoConfiguration {

	// not lazy: what does not belong into production must stop the start there
	@Bean
	@Lazy(false)
	@ConditionalOnMissingBean(FallbackMaterial.class)
	DevCertificates devCertificates(DevCaProperties properties, Environment environment,
			@Qualifier(SecurityClock.NAME) Clock clock) {
		DevCaGuard.check(environment);
		DevCertificates certificates = properties.certificates(clock);
		DevCaAnnouncement.log(certificates);
		return certificates;
	}

}
