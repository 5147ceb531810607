package io.github.securegrpc.application;

import io.grpc.ServerBuilder;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import org.springframework.grpc.server.ServerBuilderCustomizer;

/**
 * What an application does to the builder of its server, whichever engine asks.
 */
@SuppressWarnings("rawtypes")
public abstract class ServerBuilderChange implements GrpcServerConfigurer, ServerBuilderCustomizer {

	@Override
	public final void customize(ServerBuilder builder) {
		accept(builder);
	}

}
