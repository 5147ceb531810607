package io.github.securegrpc.devh;

import net.devh.boot.grpc.server.serverfactory.GrpcServerFactory;
import net.devh.boot.grpc.server.serverfactory.InProcessGrpcServerFactory;

import io.github.securegrpc.engine.SecuredServer;
import io.github.securegrpc.material.RefusedException;

/**
 * The beans by which net.devh builds servers.
 */
final class DevhFactories {

	private DevhFactories() {
	}

	static boolean opensPort(GrpcServerFactory factory) {
		return !(factory instanceof InProcessGrpcServerFactory);
	}

	/*
	 * An application's own factory may build servers without asking any configurer.
	 */
	static void check(String bean, GrpcServerFactory factory, SecuredServer server) {
		boolean own = factory.getClass().getPackage() != GrpcServerFactory.class.getPackage();
		if (own && !server.isAskedBy(factory::createServer)) {
			throw new RefusedException(
					"bean '%s': %s builds its gRPC server without the GrpcServerConfigurer beans, so the server would not be secured"
						.formatted(bean, factory.getClass().getName()),
					"Have it call each GrpcServerConfigurer with the builder of its server, as net.devh's AbstractGrpcServerFactory does, or remove it.");
		}
	}

}
