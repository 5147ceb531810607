package io.github.securegrpc.peer;

import java.io.InputStream;
import java.util.List;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.text.Printable;

/**
 * Answers for the methods that a server does not have as gRPC does, but behind
 * {@link PeerInterceptor}: gRPC alone answers before any interceptor is asked, and tells
 * anyone which methods there are. The application's interceptors never see names that
 * peers invent. Thread-safe.
 */
final class UnknownMethods extends HandlerRegistry implements ServerInterceptor {

	private static final MethodDescriptor.Marshaller<Void> NOTHING = new MethodDescriptor.Marshaller<>() {

		@Override
		public InputStream stream(Void value) {
			return InputStream.nullInputStream();
		}

		@Override
		public @Nullable Void parse(InputStream stream) {
			return null;
		}

	};

	private volatile boolean asked;

	@Override
	public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
		return ServerMethodDefinition.create(MethodDescriptor.newBuilder(NOTHING, NOTHING)
			.setType(MethodDescriptor.MethodType.UNKNOWN)
			.setFullMethodName(method)
			.build(), UnknownMethods::answer);
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
			ServerCallHandler<Q, A> next) {
		boolean unknown = call.getMethodDescriptor().getRequestMarshaller() == NOTHING;
		return unknown ? answer(call, headers) : next.startCall(call, headers);
	}

	private static <Q, A> ServerCall.Listener<Q> answer(ServerCall<Q, A> call, Metadata headers) {
		String method = Printable.text(call.getMethodDescriptor().getFullMethodName());
		call.close(Status.UNIMPLEMENTED.withDescription("Method not found: " + method), new Metadata());
		return new ServerCall.Listener<>() {
		};
	}

	@Override
	public List<ServerServiceDefinition> getServices() {
		this.asked = true;
		return List.of();
	}

	/* A server does not show its registry, but asks it for its services. */
	boolean answerFor(Server server) {
		this.asked = false;
		server.getServices();
		return this.asked;
	}

}
