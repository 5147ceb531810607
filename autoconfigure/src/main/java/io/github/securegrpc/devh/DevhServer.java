package io.github.securegrpc.devh;

import java.time.Clock;

import io.grpc.ServerBuilder;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;

import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.server.ServerRules;
import io.github.securegrpc.transport.ServerTransport;
import io.github.securegrpc.transport.Transports;

/**
 * net.devh's server, secured. Everything is decided when this is made.
 */
final class DevhServer {

	private final Transports transports;

	private final ServerTransport transport;

	DevhServer(ServerRules rules, Transports transports, DevhConflicts conflicts, GrpcServerProperties properties,
			TlsProperties defaults, Clock clock) {
		conflicts.check(properties);
		this.transports = transports;
		this.transport = new TransportSettings(defaults, clock)
			.of(rules.decide(properties.getAddress(), "grpc.server.port=-1"));
	}

	void prepare() {
		this.transports.prepare(this.transport);
	}

	void secure(ServerBuilder<?> builder) {
		this.transports.secure(builder, this.transport);
	}

	static boolean opensPort(GrpcServerFactory factory) {
		return !factory.getClass().getSimpleName().startsWith("InProcess");
	}

	static boolean isInProcess(Object builder) {
		return builder.getClass().getName().startsWith("io.grpc.inprocess.");
	}

}
