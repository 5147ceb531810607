package io.github.securegrpc.rotation;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.material.source.MaterialAutoConfiguration;

/**
 * Auto-configuration of the generation in force of all material, and of the poll that
 * replaces it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MaterialAutoConfiguration.class)
@EnableConfigurationProperties({ ReloadProperties.class, ExpiryProperties.class })
public final class RotationAutoConfiguration {

	@Bean(destroyMethod = "stop")
	RotatingMaterials secureGrpcMaterials(ObjectProvider<RotationListener> listeners, ReloadProperties properties,
			@Qualifier(SecurityClock.NAME) Clock clock) {
		return new RotatingMaterials((event) -> listeners.orderedStream().forEach(event), clock, properties.patience());
	}

	@Bean(initMethod = "start", destroyMethod = "stop")
	@Lazy(false)
	MaterialPoll secureGrpcMaterialPoll(RotatingMaterials materials, ReloadProperties properties,
			ExpiryProperties expiry, @Qualifier(SecurityClock.NAME) Clock clock) {
		return new MaterialPoll(materials, properties, new ExpiryWarnings(materials, expiry.window(), clock), clock);
	}

	@Bean
	RotationEvents secureGrpcRotationEvents(ApplicationEventPublisher publisher) {
		return new RotationEvents(publisher::publishEvent);
	}

	@Bean
	@ConditionalOnBean(SslBundleRegistry.class)
	PublishedBundles secureGrpcPublishedBundles(ObjectProvider<SslBundleRegistry> registry) {
		return new PublishedBundles(registry::getObject);
	}

}
