package io.github.securegrpc.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.peer.GuardedServer;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.server.ListenerInterceptor;
import io.github.securegrpc.server.ListeningServer;
import io.github.securegrpc.server.SecureServer;
import io.github.securegrpc.server.ServerRules;
import io.github.securegrpc.transport.OwnConnections;
import io.github.securegrpc.transport.Transports;

/**
 * Decides for the servers that an engine is about to build. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecuredServers {

	private final ServerRules rules;

	private final Transports transports;

	private final TransportSettings settings;

	private final EffectiveConfiguration configuration;

	private final PeerRules peers;

	private final ServerConnections connections;

	private final OwnConnections own;

	private final AtomicReference<@Nullable SecureServer> said = new AtomicReference<>();

	private final Supplier<List<ListenerInterceptor>> interceptors;

	SecuredServers(ServerRules rules, Transports transports, TransportSettings settings,
			EffectiveConfiguration configuration, PeerRules peers, ListeningServer listening, OwnConnections own,
			Supplier<List<ListenerInterceptor>> interceptors) {
		this.rules = rules;
		this.transports = transports;
		this.settings = settings;
		this.configuration = configuration;
		this.peers = peers;
		this.connections = new ServerConnections(listening);
		this.own = own;
		this.interceptors = interceptors;
	}

	/**
	 * Decides for a server.
	 * @param address the address that it listens on, as the engine has it
	 * @param noServer what a user sets to have no server at all
	 * @return the server
	 * @throws io.github.securegrpc.material.RefusedException if there is no secure answer
	 */
	public SecuredServer decide(String address, String noServer) {
		SecureServer decided = this.rules.decide(address, noServer);
		this.peers.plaintext(decided.plaintext());
		GuardedServer guarded = new GuardedServer((decided.clientAuth() != ClientAuth.NONE) ? decided.material() : null,
				decided.clientAuth(), this.settings.clientTrust(), this.connections);
		return new SecuredServer(this.transports, this.settings.of(decided), this.peers.guard(guarded),
				new ServerProof(this.own), this.interceptors, () -> say(decided));
	}

	/* Servers that speak TLS share one decision. */
	private void say(SecureServer decided) {
		if (!decided.equals(this.said.getAndSet(decided))) {
			this.configuration.say(decided);
		}
	}

}
