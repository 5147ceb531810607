package io.github.securegrpc.devh.repair;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import javax.net.ssl.SSLSession;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A call that nobody made: it has a peer and a method, and goes nowhere.
 */
final class ProbeCall extends ServerCall<InputStream, InputStream> {

	private static final MethodDescriptor.Marshaller<InputStream> BYTES = new MethodDescriptor.Marshaller<>() {

		@Override
		public InputStream stream(InputStream value) {
			return value;
		}

		@Override
		public InputStream parse(InputStream stream) {
			return stream;
		}

	};

	private static final MethodDescriptor<InputStream, InputStream> METHOD = MethodDescriptor.newBuilder(BYTES, BYTES)
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("secure.grpc.Probe/Ask")
		.build();

	private final Attributes attributes;

	ProbeCall(SSLSession session) {
		this.attributes = Attributes.newBuilder()
			.set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session)
			.set(Grpc.TRANSPORT_ATTR_REMOTE_ADDR, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.build();
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

	@Override
	public MethodDescriptor<InputStream, InputStream> getMethodDescriptor() {
		return METHOD;
	}

	@Override
	public void request(int numMessages) {
	}

	@Override
	public void sendHeaders(Metadata headers) {
	}

	@Override
	public void sendMessage(InputStream message) {
	}

	@Override
	public void close(Status status, Metadata trailers) {
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

}
