package io.github.securegrpc.boot;

import io.grpc.ServerCredentials;
import org.springframework.grpc.server.NettyGrpcServerFactory;

/**
 * Spring Boot's factory for unshaded Netty, whose builders are made with our credentials.
 */
final class SecureNettyServerFactory extends NettyGrpcServerFactory {

	private final ServerBuilderSettings settings;

	SecureNettyServerFactory(ServerBuilderSettings settings) {
		super(settings.address(), settings.customizers(), null, null, null);
		this.settings = settings;
	}

	@Override
	protected ServerCredentials credentials() {
		return this.settings.server().credentials(() -> {
		});
	}

}
