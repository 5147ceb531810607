package io.github.securegrpc.actuate;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.rotation.ExpiryProperties;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.rotation.RotationAutoConfiguration;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.server.ServerTlsAutoConfiguration;

/**
 * Auto-configuration of the meters.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { RotationAutoConfiguration.class, ServerTlsAutoConfiguration.class }, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public final class MetricsAutoConfiguration {

	@Bean
	CertificateMetrics secureGrpcCertificateMetrics(RotatingMaterials materials, ExpiryProperties expiry,
			@Qualifier(SecurityClock.NAME) Clock clock) {
		return new CertificateMetrics(materials, expiry.window(), clock);
	}

	@Bean
	HandshakeMetrics secureGrpcHandshakeMetrics() {
		return new HandshakeMetrics();
	}

	@Bean
	DenialMetrics secureGrpcDenialMetrics(ListeningServer server) {
		return new DenialMetrics(server);
	}

}
