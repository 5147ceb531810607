package io.github.securegrpc.boot;

import java.util.List;

import org.springframework.boot.grpc.server.autoconfigure.GrpcServerFactoryCustomizer;
import org.springframework.grpc.server.GrpcServerFactory;
import org.springframework.grpc.server.service.GrpcServiceConfigurer;
import org.springframework.grpc.server.service.GrpcServiceDiscoverer;

import io.github.securegrpc.material.RefusedException;

/**
 * The beans by which Spring Boot builds servers.
 */
final class BootFactories {

	private BootFactories() {
	}

	/* As Spring Boot completes its own. */
	static <F extends GrpcServerFactory> F complete(F factory, GrpcServiceDiscoverer services,
			GrpcServiceConfigurer configurer, List<GrpcServerFactoryCustomizer> customizers) {
		customizers.forEach((customizer) -> customizer.customize(factory));
		services.findServices()
			.stream()
			.map((service) -> configurer.configure(service, factory))
			.forEach(factory::addService);
		return factory;
	}

	static void check(String bean, GrpcServerFactory factory) {
		if (!WithinProcess.stays(factory) && !(factory instanceof SecureNettyServerFactory)
				&& !(factory instanceof SecureShadedServerFactory)) {
			throw new RefusedException(
					"bean '%s' (%s): its gRPC server would not be secured (expected: the factory of secure-grpc, which takes the place of Spring Boot's)"
						.formatted(bean, factory.getClass().getName()),
					"Remove the bean, and set on the server what it is for with a ServerBuilderCustomizer or GrpcServerFactoryCustomizer. A GrpcServerLifecycle of yours takes the GrpcServerFactory bean.");
		}
	}

}
