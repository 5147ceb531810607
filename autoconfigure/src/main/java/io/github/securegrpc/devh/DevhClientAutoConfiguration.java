package io.github.securegrpc.devh;

import java.time.Clock;

import net.devh.boot.grpc.client.channelfactory.GrpcChannelConfigurer;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.ClientTlsAutoConfiguration;
import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.transport.TransportAutoConfiguration;
import io.github.securegrpc.transport.Transports;

/**
 * Auto-configuration of net.devh's channels: its configurer runs after net.devh's own,
 * and the channels that the properties name are decided before any port opens.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ClientTlsAutoConfiguration.class, TransportAutoConfiguration.class },
		afterName = "net.devh.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration")
@ConditionalOnClass(GrpcChannelConfigurer.class)
@ConditionalOnBean(GrpcChannelsProperties.class)
public final class DevhClientAutoConfiguration {

	@Bean
	DevhChannels secureGrpcDevhChannels(ChannelRules rules, Transports transports, TlsProperties defaults,
			GrpcChannelsProperties properties, Environment environment, @Qualifier(SecurityClock.NAME) Clock clock) {
		return new DevhChannels(rules, transports, new TransportSettings(defaults, clock), properties, environment);
	}

	@Bean
	@Lazy(false)
	SmartInitializingSingleton secureGrpcChannelGuard(DevhChannels channels) {
		return channels::prepareNamed;
	}

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	GrpcChannelConfigurer secureGrpcChannelConfigurer(ObjectProvider<DevhChannels> channels) {
		return (builder, name) -> {
			if (!DevhServer.isInProcess(builder)) {
				channels.getObject().secure(builder, name);
			}
		};
	}

}
