package io.github.securegrpc.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;

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
		GuardedServer guarded = new GuardedServer((decided.clientAuth() != ClientAuth.NONE) ? decided.material() : null,
				decided.clientAuth(), this.settings.clientTrust(), this.connections);
		return new SecuredServer(this.transports, this.settings.of(decided), this.peers.guard(guarded),
				new ServerProof(this.own), this.interceptors, () -> say(decided));
	}

	/**
	 * Returns what makes the servers that are to be secured here: of this context, and of
	 * parents that have no secure-grpc of their own.
	 * @param <F> the type of the engine's factories
	 * @param beans of this context
	 * @param type the type of the engine's factories
	 * @return the factories, by the names of their beans
	 */
	public static <F> Map<String, F> factories(ListableBeanFactory beans, Class<F> type) {
		Map<String, F> all = new LinkedHashMap<>(beans.getBeansOfType(type));
		if (beans instanceof HierarchicalBeanFactory child
				&& child.getParentBeanFactory() instanceof ListableBeanFactory parent
				&& !parent.containsBean(EngineGuardAutoConfiguration.GUARD)) {
			factories(parent, type).forEach(all::putIfAbsent);
		}
		return all;
	}

	/* Servers that speak TLS share one decision. */
	private void say(SecureServer decided) {
		if (!decided.equals(this.said.getAndSet(decided))) {
			this.configuration.say(decided);
		}
	}

}
