package io.github.securegrpc.engine;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.ClientTlsAutoConfiguration;
import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.peer.PeerAutoConfiguration;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.server.ListenerInterceptor;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.server.ServerRules;
import io.github.securegrpc.server.ServerTlsAutoConfiguration;
import io.github.securegrpc.transport.OwnConnections;
import io.github.securegrpc.transport.TransportAutoConfiguration;
import io.github.securegrpc.transport.Transports;

/**
 * Auto-configuration of what every engine needs to have its servers and channels secured.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ServerTlsAutoConfiguration.class, ClientTlsAutoConfiguration.class,
		TransportAutoConfiguration.class, PeerAutoConfiguration.class })
public final class EngineAutoConfiguration {

	@Bean
	TransportSettings secureGrpcTransportSettings(TlsProperties defaults, @Qualifier(SecurityClock.NAME) Clock clock) {
		return new TransportSettings(defaults, clock);
	}

	@Bean
	EffectiveConfiguration secureGrpcEffectiveConfiguration(Transports transports, TlsProperties defaults) {
		return new EffectiveConfiguration(transports, defaults);
	}

	@Bean
	@Lazy
	SecuredServers secureGrpcSecuredServers(ServerRules rules, Transports transports, TransportSettings settings,
			EffectiveConfiguration configuration, PeerRules peers, ListeningServer listening, OwnConnections own,
			ObjectProvider<ListenerInterceptor> interceptors) {
		return new SecuredServers(rules, transports, settings, configuration, peers, listening, new ServerProof(own),
				() -> interceptors.orderedStream().toList());
	}

	@Bean
	DecidedChannels secureGrpcDecidedChannels(ChannelRules rules, Transports transports, TransportSettings settings,
			EffectiveConfiguration configuration) {
		return new DecidedChannels(rules, transports, settings, configuration);
	}

	@Bean
	OpenChannels secureGrpcOpenChannels() {
		return new OpenChannels();
	}

}
