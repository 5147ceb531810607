package io.github.securegrpc.engine;

import java.time.Clock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import io.github.securegrpc.client.ChannelCounts;
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

	private static final String CHANNELS = "secureGrpcSecureChannels";

	private static final String SERVERS = "secureGrpcSecureServers";

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
		return new SecuredServers(rules, transports, settings, configuration, peers, listening, own,
				() -> interceptors.orderedStream().toList());
	}

	@Bean
	DecidedChannels secureGrpcDecidedChannels(ChannelRules rules, Transports transports, TransportSettings settings,
			EffectiveConfiguration configuration, ConfigurableBeanFactory beans) {
		return new DecidedChannels(rules, transports, settings, configuration,
				() -> state(beans, CHANNELS) == SecuredSide.State.RUNS);
	}

	@Bean
	OpenChannels secureGrpcOpenChannels(ChannelCounts counts) {
		return new OpenChannels(counts);
	}

	@Bean(CHANNELS)
	SecureChannels secureGrpcSecureChannels(ChannelRules rules, Transports transports, TransportSettings settings,
			OpenChannels open) {
		return new SecureChannels(rules, transports, settings, open);
	}

	@Bean(SERVERS)
	SecureServers secureGrpcSecureServers(ObjectProvider<SecuredServers> servers) {
		return new SecureServers((address) -> servers.getObject().decide(address, "no SecureServers"));
	}

	@Bean
	SecuredSide secureGrpcOwnChannels(ConfigurableBeanFactory beans) {
		return new SecuredSide(SecuredSide.Side.CLIENT, null, () -> state(beans, CHANNELS));
	}

	@Bean
	SecuredSide secureGrpcOwnServers(ConfigurableBeanFactory beans) {
		return new SecuredSide(SecuredSide.Side.SERVER, null, () -> state(beans, SERVERS));
	}

	/*
	 * Whether a bean of the application's opens channels, or builds servers, with ours.
	 */
	private static SecuredSide.State state(ConfigurableBeanFactory beans, String door) {
		return (beans.getDependentBeans(door).length > 0) ? SecuredSide.State.RUNS : SecuredSide.State.MISSING;
	}

	/* What channels that are opened at run time need is there from the start. */
	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcRunTimeChannelGuard(ConfigurableBeanFactory beans, DecidedChannels decisions,
			ObjectProvider<ChannelTargets> engines) {
		return () -> {
			if (state(beans, CHANNELS) == SecuredSide.State.RUNS) {
				decisions.prepare(engines.getIfAvailable(() -> ChannelTargets.NONE));
			}
		};
	}

	/**
	 * A web server that takes one of our bundles is made before the guards run.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebServerFactoryCustomizer.class)
	static class WebServerConfiguration {

		@Bean
		WebServerFactoryCustomizer<WebServerFactory> secureGrpcBundlesForWebServer(Environment environment,
				ObjectProvider<SecuredServer> servers, ObjectProvider<ChannelRules> channels) {
			return (factory) -> {
				String bundle = environment.getProperty("server.ssl.bundle", "");
				if (bundle.equals("secure-grpc-server")) {
					servers.stream().forEach(SecuredServer::prepare);
				}
				else if (bundle.startsWith("secure-grpc-client")) {
					channels.getObject().loadShared(true);
				}
			};
		}

	}

}
