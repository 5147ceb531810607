package io.github.securegrpc.peer;

import java.io.InputStream;
import java.util.List;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;

/**
 * A call without a peer, that remembers how it was closed and never takes a message.
 */
final class RecordedCall extends ServerCall<String, String> {

	private final Attributes attributes;

	private final List<Status> closed;

	RecordedCall(Attributes attributes, List<Status> closed) {
		this.attributes = attributes;
		this.closed = closed;
	}

	@Override
	public void request(int numMessages) {
	}

	@Override
	public void sendHeaders(Metadata headers) {
		throw new AssertionError("headers were sent");
	}

	@Override
	public void sendMessage(String message) {
		throw new AssertionError("a message was sent");
	}

	@Override
	public void close(Status status, Metadata trailers) {
		this.closed.add(status);
	}

	@Override
	public boolean isCancelled() {
		return false;
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public Attributes getAttributes() {
		return this.attributes;
	}

	@Override
	public MethodDescriptor<String, String> getMethodDescriptor() {
		return MethodDescriptor.<String, String>newBuilder(new Nothing(), new Nothing())
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName("a.B/C")
			.build();
	}

	private static final class Nothing implements MethodDescriptor.Marshaller<String> {

		@Override
		public InputStream stream(String value) {
			return InputStream.nullInputStream();
		}

		@Override
		public String parse(InputStream stream) {
			return "";
		}

	}

}
