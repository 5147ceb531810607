package io.github.securegrpc.application;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import net.devh.boot.grpc.server.service.GrpcService;

import io.github.securegrpc.peer.PeerIdentity;

/**
 * A service with a method for everything that a rule can allow; each answers who calls.
 */
@GrpcService
public class WhoCalls implements BindableService {

	static final List<String> METHODS = List.of("Uri", "UriTree", "Dns", "DnsTree", "Ip", "IpRange", "Email",
			"Fingerprint", "AnyPeer", "Anyone", "Admin", "Unnamed");

	static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {

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

	private final AtomicInteger served = new AtomicInteger();

	public int served() {
		return this.served.get();
	}

	@Override
	public ServerServiceDefinition bindService() {
		ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("test.Who");
		METHODS.forEach((name) -> service.addMethod(method(name), ServerCalls.asyncUnaryCall(this::answer)));
		return service.build();
	}

	public static String ask(Channel channel, String method) {
		return ClientCalls.blockingUnaryCall(channel, method(method),
				CallOptions.DEFAULT.withDeadlineAfter(Duration.ofSeconds(20)), "");
	}

	private void answer(String request, StreamObserver<String> response) {
		this.served.incrementAndGet();
		response.onNext(PeerIdentity.current().map(PeerIdentity::name).orElse("nobody"));
		response.onCompleted();
	}

	public static MethodDescriptor<String, String> method(String name) {
		return MethodDescriptor.newBuilder(TEXT, TEXT)
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName("test.Who/" + name)
			.build();
	}

}
