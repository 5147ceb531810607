package io.github.securegrpc.devh;

import java.util.function.Consumer;

import io.grpc.ServerBuilder;
import net.devh.boot.grpc.server.serverfactory.GrpcServerConfigurer;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

import io.github.securegrpc.engine.SecuredServer;

/**
 * Comes before any configurer of the application's, whatever its order: what that one
 * sets holds.
 *
 * @param first what is done to the builder of a server that listens
 */
record FirstServerConfigurer(Consumer<ServerBuilder<?>> first) implements GrpcServerConfigurer, PriorityOrdered {

	@Override
	public void accept(ServerBuilder<?> builder) {
		if (!SecuredServer.isInProcess(builder)) {
			this.first.accept(builder);
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
