package io.github.securegrpc.actuate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.client.ChannelCounts;
import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.client.SecureChannel;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.peer.rules.Authorization;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.server.SecureServer;
import io.github.securegrpc.server.ServerRules;
import io.github.securegrpc.text.Printable;
import io.github.securegrpc.transport.OpenConnections;
import io.github.securegrpc.transport.Transports;

/**
 * What was decided for the server and the channels.
 */
record Sides(ServerRules serverRules, ChannelRules channelRules, Transports transports, OpenConnections connections,
		PeerRules peers, ChannelCounts counts) {

	CertificatesReport.@Nullable Server server() {
		SecureServer server = this.serverRules.decided();
		if (server == null) {
			return null;
		}
		Authorization authorization = this.peers.inForce();
		return new CertificatesReport.Server(mode(server.plaintext()), lower(server.clientAuth()), server.protocols(),
				provider(server.material()), this.connections.count(),
				(authorization.mode() != null) ? lower(authorization.mode()) : "none", authorization.rules());
	}

	Map<String, CertificatesReport.Channel> channels() {
		Map<String, CertificatesReport.Channel> channels = new LinkedHashMap<>();
		this.channelRules.decided().forEach((name, channel) -> channels.put(Printable.line(name), report(channel)));
		return channels;
	}

	private CertificatesReport.Channel report(SecureChannel channel) {
		RotatingMaterial material = channel.material();
		return new CertificatesReport.Channel(mode(channel.plaintext()), channel.serverName(), channel.target(),
				(material != null) ? channel.expectedName() : null, channel.pins(),
				(material != null) ? material.name() : null, channel.protocols(), provider(material),
				this.counts.open(channel.name()));
	}

	private @Nullable String provider(@Nullable RotatingMaterial material) {
		TlsProvider provider = (material != null) ? this.transports.provider(material) : null;
		return (provider != null) ? lower(provider) : null;
	}

	private static String mode(Plaintext plaintext) {
		return (plaintext == Plaintext.REFUSE) ? "tls" : "plaintext-" + lower(plaintext);
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
