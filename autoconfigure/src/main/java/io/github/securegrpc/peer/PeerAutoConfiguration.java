package io.github.securegrpc.peer;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.github.securegrpc.rotation.RotationAutoConfiguration;

/**
 * Auto-configuration of who may call the server.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = RotationAutoConfiguration.class)
@EnableConfigurationProperties(AuthorizationProperties.class)
public final class PeerAutoConfiguration {

	@Bean(destroyMethod = "stop")
	PeerRules secureGrpcPeerRules(AuthorizationProperties properties, ObjectProvider<DenialListener> listeners,
			ObjectProvider<Clock> clock) {
		return new PeerRules(properties, () -> listeners.orderedStream().toList(),
				clock.getIfAvailable(Clock::systemUTC));
	}

}
