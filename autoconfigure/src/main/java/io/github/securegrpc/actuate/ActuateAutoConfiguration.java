package io.github.securegrpc.actuate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import io.grpc.health.v1.HealthGrpc;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import io.github.securegrpc.client.ChannelCounts;
import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.ClientTlsAutoConfiguration;
import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.rotation.ExpiryProperties;
import io.github.securegrpc.rotation.ReloadProperties;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.server.ServerRules;
import io.github.securegrpc.server.ServerTlsAutoConfiguration;
import io.github.securegrpc.transport.Advisories;
import io.github.securegrpc.transport.OpenConnections;
import io.github.securegrpc.transport.OwnConnections;
import io.github.securegrpc.transport.TransportAutoConfiguration;
import io.github.securegrpc.transport.Transports;

/**
 * Auto-configuration of what operators ask. Each part needs the library that it speaks
 * to, and is left out without it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ServerTlsAutoConfiguration.class, ClientTlsAutoConfiguration.class,
		TransportAutoConfiguration.class })
@EnableConfigurationProperties(TruthCheckProperties.class)
public final class ActuateAutoConfiguration {

	@Bean
	Sides secureGrpcSides(ServerRules server, ChannelRules channels, Transports transports, OpenConnections connections,
			PeerRules peers, ChannelCounts counts) {
		return new Sides(server, channels, transports, connections, peers, counts);
	}

	@Bean
	HandshakeFailures secureGrpcHandshakeFailures(@Qualifier(SecurityClock.NAME) Clock clock) {
		return new HandshakeFailures(clock);
	}

	@Bean
	TruthCheck secureGrpcTruthCheck(RotatingMaterials materials, ListeningServer server, ServerRules rules,
			OwnConnections own) {
		return new TruthCheck(materials, server, rules::decided, new ServedPort(own));
	}

	@Bean(initMethod = "start", destroyMethod = "stop")
	@Lazy(false)
	ServerPoll secureGrpcServerPoll(TruthCheckProperties properties, TruthCheck truth,
			ObjectProvider<GrpcHealthStatus> health, ReloadProperties reload) {
		List<Runnable> looks = new ArrayList<>();
		if (properties.enabled()) {
			looks.add(truth::look);
		}
		health.ifAvailable((status) -> looks.add(status::look));
		return new ServerPoll(looks, reload.interval());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(HealthGrpc.class)
	static class GrpcHealthConfiguration {

		@Bean
		GrpcHealthStatus secureGrpcHealthStatus(RotatingMaterials materials,
				@Qualifier(SecurityClock.NAME) Clock clock) {
			return new GrpcHealthStatus(materials, clock);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
	@ConditionalOnEnabledHealthIndicator("grpccertificates")
	static class HealthConfiguration {

		@Bean
		CertificatesHealthContributor grpcCertificatesHealthContributor(RotatingMaterials materials, Sides sides,
				Advisories advisories, ExpiryProperties expiry, TruthCheck truth,
				@Qualifier(SecurityClock.NAME) Clock clock) {
			return new CertificatesHealthContributor(materials, sides, advisories,
					new MaterialHealth(expiry.window(), new Status(expiry.status()), truth, clock));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
	@ConditionalOnAvailableEndpoint(GrpcCertificatesEndpoint.class)
	static class EndpointConfiguration {

		@Bean
		GrpcCertificatesEndpoint grpcCertificatesEndpoint(RotatingMaterials materials, Sides sides,
				HandshakeFailures failures, Advisories advisories, ExpiryProperties expiry,
				@Qualifier(SecurityClock.NAME) Clock clock) {
			return new GrpcCertificatesEndpoint(materials, sides, failures, advisories, expiry.window(), clock);
		}

	}

}
