package io.github.securegrpc.devh;

import java.util.List;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;
import net.devh.boot.grpc.server.serverfactory.InProcessGrpcServerFactory;

import io.github.securegrpc.engine.ServerProof;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.peer.PeerGuard;
import io.github.securegrpc.transport.ServerTransport;
import io.github.securegrpc.transport.Transports;

/**
 * net.devh's server, secured. Everything is decided when this is made.
 */
final class DevhServer {

	private final Transports transports;

	private final ServerTransport transport;

	private final PeerGuard peers;

	private final ServerProof proof;

	private final Runnable said;

	DevhServer(Transports transports, ServerTransport transport, PeerGuard peers, ServerProof proof, Runnable said) {
		this.transports = transports;
		this.said = said;
		this.transport = transport;
		this.peers = peers;
		this.proof = proof;
	}

	void prepare() {
		this.transports.prepare(this.transport);
		this.said.run();
	}

	/* Before any configurer of the application's. */
	void begin(ServerBuilder<?> builder) {
		this.peers.guardUnknown(builder);
	}

	void secure(ServerBuilder<?> builder) {
		this.proof.secured(this.transports.secure(builder, this.transport));
		this.peers.guard(builder);
	}

	/*
	 * An application's own factory may build servers without asking any configurer: one
	 * is built to see, before a port opens. It holds nothing as long as it is not
	 * started.
	 */
	void check(String bean, GrpcServerFactory factory) {
		boolean own = factory.getClass().getPackage() != GrpcServerFactory.class.getPackage();
		if (own && !this.proof.isAskedBy(factory::createServer)) {
			throw new RefusedException(
					"bean '%s': %s builds its gRPC server without the GrpcServerConfigurer beans, so the server would not be secured"
						.formatted(bean, factory.getClass().getName()),
					"Have it call each GrpcServerConfigurer with the builder of its server, as net.devh's AbstractGrpcServerFactory does, or remove it.");
		}
	}

	/* The server listens already: it is down before it is refused. */
	void started(Server server, List<String> suspects) {
		if (!this.proof.isOurs(server)) {
			String address = server.getListenSockets().toString();
			server.shutdownNow();
			throw new RefusedException(
					"the gRPC server at %s does not make its connections the way that was decided: something replaced our part of its builder (%s)"
						.formatted(address,
								suspects.isEmpty() ? "no bean that could is known" : String.join(", ", suspects)),
					"Find what calls sslContext, useTransportSecurity or protocolNegotiator on the server's builder, and remove it: secure-grpc.server.* decides.");
		}
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
		return !(factory instanceof InProcessGrpcServerFactory);
	}

	static boolean isInProcess(Object builder) {
		return builder.getClass().getName().startsWith("io.grpc.inprocess.");
	}

}
