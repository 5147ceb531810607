package io.github.securegrpc.engine;

import java.util.List;

import io.github.securegrpc.engine.SecuredSide.Side;

/**
 * A type of beans by which an engine opens ports or connects channels, by its name: no
 * engine need be on the class path.
 *
 * @param type the name of the type
 * @param inProcess the name of the type that does so within the process, which is left
 * alone
 * @param side what it makes
 * @param engine which engine
 */
record KnownFactory(String type, String inProcess, Side side, Engine engine) {

	static final List<KnownFactory> ALL = List.of(
			new KnownFactory("net.devh.boot.grpc.server.serverfactory.GrpcServerFactory",
					"net.devh.boot.grpc.server.serverfactory.InProcessGrpcServerFactory", Side.SERVER, Engine.DEVH),
			new KnownFactory("net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory",
					"net.devh.boot.grpc.client.channelfactory.InProcessChannelFactory", Side.CLIENT, Engine.DEVH),
			new KnownFactory("org.springframework.grpc.server.GrpcServerFactory",
					"org.springframework.grpc.server.InProcessGrpcServerFactory", Side.SERVER, Engine.BOOT),
			new KnownFactory("org.springframework.boot.grpc.server.GrpcServletRegistration", "", Side.SERVER,
					Engine.BOOT),
			new KnownFactory("org.springframework.grpc.client.GrpcChannelFactory",
					"org.springframework.grpc.client.InProcessGrpcChannelFactory", Side.CLIENT, Engine.BOOT));

	/* The servlet container owns the TLS of such a server. */
	boolean isServlet() {
		return this.type.endsWith("GrpcServletRegistration");
	}

}
