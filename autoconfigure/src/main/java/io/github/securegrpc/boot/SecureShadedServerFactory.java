package io.github.securegrpc.boot;

import io.grpc.ServerCredentials;
import org.springframework.grpc.server.ShadedNettyGrpcServerFactory;

/**
 * Spring Boot's factory for shaded Netty, whose builders are made with our credentials.
 */
final class SecureShadedServerFactory extends ShadedNettyGrpcServerFactory {

	private final ServerBuilderSettings settings;

	SecureShadedServerFactory(ServerBuilderSettings settings) {
		super(settings.address(), settings.customizers(), null, null, null);
		this.settings = settings;
	}

	@Override
	protected ServerCredentials credentials() {
		return this.settings.server().credentials(() -> {
		});
	}

}
