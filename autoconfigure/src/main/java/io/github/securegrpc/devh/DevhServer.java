package io.github.securegrpc.devh;

import java.util.List;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;

import io.github.securegrpc.material.ClientAuth;
import io.github.securegrpc.peer.PeerGuard;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.server.SecureServer;
import io.github.securegrpc.transport.OpenConnections;
import io.github.securegrpc.transport.ServerTransport;
import io.github.securegrpc.transport.Transports;

/**
 * net.devh's server, secured. Everything is decided when this is made.
 */
final class DevhServer {

	private final Transports transports;

	private final ServerTransport transport;

	private final PeerGuard peers;

	DevhServer(SecureServer server, Transports transports, TransportSettings settings, PeerRules peers) {
		this.transports = transports;
		this.transport = settings.of(server);
		this.peers = peers.guard((server.clientAuth() != ClientAuth.NONE) ? server.material() : null,
				settings.clientTrust(), OpenConnections::close);
	}

	void prepare() {
		this.transports.prepare(this.transport);
	}

	/* Before any configurer of the application's. */
	void begin(ServerBuilder<?> builder) {
		this.peers.guardUnknown(builder);
	}

	void secure(ServerBuilder<?> builder) {
		this.transports.secure(builder, this.transport);
		this.peers.guard(builder);
	}

	void started(Server server) {
		this.peers.started(server);
	}

	static List<String> methods(Server server) {
		return server.getServices()
			.stream()
			.flatMap((service) -> service.getMethods().stream())
			.map((method) -> method.getMethodDescriptor().getFullMethodName())
			.toList();
	}

	static boolean opensPort(GrpcServerFactory factory) {
		return !factory.getClass().getSimpleName().startsWith("InProcess");
	}

	static boolean isInProcess(Object builder) {
		return builder.getClass().getName().startsWith("io.grpc.inprocess.");
	}

}
