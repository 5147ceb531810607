package io.github.securegrpc.engine;

import java.util.List;
import java.util.Set;

import io.github.securegrpc.engine.SecuredSide.Side;

/**
 * A type of beans by which an engine opens ports or connects channels, by its name: no
 * engine need be on the class path.
 *
 * @param type the name of the type
 * @param inProcess the names of the types that do so within the process, which are left
 * alone
 * @param side what it makes
 * @param engine which engine
 */
record KnownFactory(String type, Set<String> inProcess, Side side, Engine engine) {

	static final List<KnownFactory> ALL = List
		.of(new KnownFactory("net.devh.boot.grpc.server.serverfactory.GrpcServerFactory",
				Set.of("net.devh.boot.grpc.server.serverfactory.InProcessGrpcServerFactory"), Side.SERVER, Engine.DEVH),
				new KnownFactory("net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory",
						Set.of("net.devh.boot.grpc.client.channelfactory.InProcessChannelFactory"), Side.CLIENT,
						Engine.DEVH),
				new KnownFactory("org.springframework.grpc.server.GrpcServerFactory",
						Set.of("org.springframework.grpc.server.InProcessGrpcServerFactory",
								"org.springframework.boot.grpc.test.autoconfigure.TestGrpcServerFactory"),
						Side.SERVER, Engine.BOOT),
				new KnownFactory("org.springframework.boot.grpc.server.GrpcServletRegistration", Set.of(), Side.SERVER,
						Engine.BOOT),
				new KnownFactory("org.springframework.grpc.client.GrpcChannelFactory",
						Set.of("org.springframework.grpc.client.InProcessGrpcChannelFactory",
								"org.springframework.boot.grpc.test.autoconfigure.TestGrpcChannelFactory"),
						Side.CLIENT, Engine.BOOT));

	/* The servlet container owns the TLS of such a server. */
	boolean isServlet() {
		return this.type.endsWith("GrpcServletRegistration");
	}

}
