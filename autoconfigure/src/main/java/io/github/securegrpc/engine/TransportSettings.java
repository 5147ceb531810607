package io.github.securegrpc.engine;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.server.SecureServer;
import io.github.securegrpc.server.ServerProperties;
import io.github.securegrpc.transport.ChannelTarget;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.ConnectionLimits;
import io.github.securegrpc.transport.ServerTransport;
import io.github.securegrpc.transport.TlsOptions;
import io.github.securegrpc.validation.Pin;
import io.github.securegrpc.validation.TrustRules;

/**
 * Hands what the rules decided to the transport. Thread-safe.
 */
final class TransportSettings {

	private final TlsProperties defaults;

	private final Clock clock;

	TransportSettings(TlsProperties defaults, Clock clock) {
		this.defaults = defaults;
		this.clock = clock;
	}

	ServerTransport of(SecureServer server) {
		ServerProperties.Limits limits = server.limits();
		ConnectionLimits connectionLimits = new ConnectionLimits(server.handshakeTimeout(), server.maxConnectionAge(),
				limits.callsPerConnection(), limits.resets(), limits.resetsWindow(), limits.connections());
		ServerTransport.Tls tls = (server.material() != null) ? new ServerTransport.Tls(server.material(),
				options(server.protocols(), server.ciphers(), Set.of()), server.clientAuth()) : null;
		return new ServerTransport(tls, server.plaintext() == Plaintext.LOOPBACK, connectionLimits);
	}

	TrustRules clientTrust() {
		return trust(Set.of());
	}

	ChannelTransport of(SecureChannel channel, ChannelTarget target) {
		Set<Pin> pins = channel.pins()
			.stream()
			.map((pin) -> Pin.parse(pin, channel.pinsProperty()))
			.collect(Collectors.toUnmodifiableSet());
		ChannelTransport.Tls tls = (channel.material() != null) ? new ChannelTransport.Tls(channel.material(),
				options(channel.protocols(), channel.ciphers(), pins), channel.serverName()) : null;
		return new ChannelTransport(target, tls, channel.plaintext() == Plaintext.LOOPBACK);
	}

	private TlsOptions options(List<String> protocols, List<String> ciphers, Set<Pin> pins) {
		return new TlsOptions(this.defaults.provider(), protocols, ciphers, trust(pins));
	}

	private TrustRules trust(Set<Pin> pins) {
		return new TrustRules(this.defaults.validation(), pins, this.clock);
	}

}
