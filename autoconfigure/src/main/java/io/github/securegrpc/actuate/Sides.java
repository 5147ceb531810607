package io.github.securegrpc.actuate;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.client.ChannelRules;
import io.github.securegrpc.material.Plaintext;
import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.peer.Authorization;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.server.SecureServer;
import io.github.securegrpc.server.ServerRules;
import io.github.securegrpc.transport.OpenConnections;
import io.github.securegrpc.transport.Transports;

/**
 * What was decided for the server and the channels.
 */
record Sides(ServerRules serverRules, ChannelRules channelRules, Transports transports, OpenConnections connections,
		PeerRules peers) {

	CertificatesReport.@Nullable Server server() {
		SecureServer server = this.serverRules.decided();
		if (server == null) {
			return null;
		}
		TlsProvider provider = (server.material() != null) ? this.transports.provider(server.material()) : null;
		Authorization authorization = this.peers.inForce();
		return new CertificatesReport.Server(mode(server.plaintext()), lower(server.clientAuth()), server.protocols(),
				(provider != null) ? lower(provider) : null, this.connections.count(),
				(authorization.mode() != null) ? lower(authorization.mode()) : "none", authorization.rules());
	}

	Map<String, CertificatesReport.Channel> channels() {
		Map<String, CertificatesReport.Channel> channels = new LinkedHashMap<>();
		this.channelRules.decided()
			.forEach((name, channel) -> channels.put(name,
					new CertificatesReport.Channel(mode(channel.plaintext()), channel.serverName())));
		return channels;
	}

	private static String mode(Plaintext plaintext) {
		return (plaintext == Plaintext.REFUSE) ? "tls" : "plaintext-" + lower(plaintext);
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
