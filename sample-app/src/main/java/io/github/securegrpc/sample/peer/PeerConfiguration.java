package io.github.securegrpc.sample.peer;

import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

import io.github.securegrpc.engine.SecureChannels;
import io.github.securegrpc.sample.peer.Membership.Neighbourhood;

/**
 * The peer, and what it shows of its neighbours.
 */
@Configuration(proxyBeanMethods = false)
@Profile("peer")
@EnableConfigurationProperties(PeerProperties.class)
class PeerConfiguration {

	/* Of secure-grpc.client.channels. */
	private static final String CHANNEL = "peers";

	@Bean
	Outcomes outcomes() {
		return new Outcomes();
	}

	@Bean
	Membership membership(PeerProperties properties, SecureChannels channels, Outcomes outcomes) {
		properties.self();
		return new Membership(new Neighbourhood(properties.address(), properties.toJoin(), properties.members()),
				(address) -> new PeerLink(channels.open(CHANNEL, address.target()), outcomes), System::nanoTime);
	}

	@Bean
	Gossip gossip(PeerProperties properties) {
		return new Gossip(properties.address(), Clock.systemUTC());
	}

	@Bean
	PeerNode peerNode(PeerProperties properties, Membership membership, Gossip gossip) {
		return new PeerNode(properties, membership, gossip, System::nanoTime);
	}

	@Bean
	PeerPulse peerPulse(Membership membership, Gossip gossip) {
		return new PeerPulse(membership, gossip);
	}

	@Bean
	InfoContributor neighbours(PeerProperties properties, Membership membership) {
		return (info) -> info.withDetail("peer", new Shown(properties.address(),
				membership.neighbours().stream().map((member) -> member.address().toString()).toList()));
	}

	@Bean
	MeterBinder neighbourCount(Membership membership) {
		return (registry) -> Gauge.builder("sample.peer.members", membership, (it) -> it.neighbours().size())
			.description("Neighbours that this node has")
			.baseUnit("peers")
			.register(registry);
	}

	/**
	 * What the actuator's info says.
	 *
	 * @param address of this node
	 * @param members its neighbours
	 */
	record Shown(String address, List<String> members) {
	}

}
