package io.github.securegrpc.boot;

import java.util.Set;

import org.springframework.grpc.client.InProcessGrpcChannelFactory;
import org.springframework.grpc.server.InProcessGrpcServerFactory;

/**
 * Factories whose servers and channels stay within the process, which are left alone.
 */
final class WithinProcess {

	/* Of @AutoConfigureTestGrpcTransport: their types are Spring Boot's own. */
	private static final Set<String> OF_TESTS = Set.of(
			"org.springframework.boot.grpc.test.autoconfigure.TestGrpcServerFactory",
			"org.springframework.boot.grpc.test.autoconfigure.TestGrpcChannelFactory");

	private WithinProcess() {
	}

	static boolean stays(Object factory) {
		return factory instanceof InProcessGrpcServerFactory || factory instanceof InProcessGrpcChannelFactory
				|| OF_TESTS.contains(factory.getClass().getName());
	}

}
