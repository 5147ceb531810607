package io.github.securegrpc.devh.repair;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import net.devh.boot.grpc.server.security.interceptors.AuthenticatingServerInterceptor;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * A service that answers whom net.devh's interceptor authenticated.
 */
final class WhoAmI {

	private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {

		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	};

	private static final MethodDescriptor<String, String> ASK = MethodDescriptor.newBuilder(TEXT, TEXT)
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("test.WhoAmI/Ask")
		.build();

	private WhoAmI() {
	}

	static ServerServiceDefinition service() {
		return ServerServiceDefinition.builder("test.WhoAmI")
			.addMethod(ASK, ServerCalls.asyncUnaryCall(WhoAmI::answer))
			.build();
	}

	static String ask(Channel channel) {
		return ClientCalls.blockingUnaryCall(channel, ASK,
				CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(30)), "");
	}

	private static void answer(String request, StreamObserver<String> response) {
		SecurityContext context = AuthenticatingServerInterceptor.SECURITY_CONTEXT_KEY.get();
		Authentication peer = (context != null) ? context.getAuthentication() : null;
		response.onNext((peer != null) ? peer.getName() + " " + peer.getAuthorities() : "nobody");
		response.onCompleted();
	}

}
