package io.github.securegrpc.sample.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.Empty;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.sample.peer.proto.GossipMessage;
import io.github.securegrpc.sample.peer.proto.HandShakeRequest;
import io.github.securegrpc.sample.peer.proto.NodeServicesGrpc;
import io.github.securegrpc.sample.peer.proto.NodeServicesGrpc.NodeServicesBlockingStub;
import io.github.securegrpc.sample.peer.proto.ResponseMessage;
import io.github.securegrpc.sample.peer.proto.RootMessage;

/**
 * A peer of a {@link Network} that does what it is told, with gRPC's own TLS: it beats
 * only when asked to, and says whatever it wants.
 */
final class ForeignPeer extends NodeServicesGrpc.NodeServicesImplBase implements AutoCloseable {

	private final Queue<RootMessage> received = new ConcurrentLinkedQueue<>();

	private final Queue<String> disconnected = new ConcurrentLinkedQueue<>();

	private final String address;

	private final Server server;

	private final ManagedChannel channel;

	private volatile String error = "";

	ForeignPeer(Network network, int number, int other) throws IOException {
		this.address = network.address(number);
		Depot depot = network.depot();
		this.server = NettyServerBuilder.forAddress(new InetSocketAddress(Network.host(number), network.port(number)),
				TlsServerCredentials.newBuilder()
					.keyManager(depot.certificate("server" + number).toFile(), depot.key("server" + number).toFile())
					.trustManager(depot.certificate("ca").toFile())
					.clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
					.build())
			.addService(this)
			.build()
			.start();
		this.channel = Grpc
			.newChannelBuilder(network.address(other), TlsChannelCredentials.newBuilder()
				.keyManager(depot.certificate("client" + number).toFile(), depot.key("client" + number).toFile())
				.trustManager(depot.certificate("ca").toFile())
				.build())
			.build();
	}

	@Override
	public void handshake(HandShakeRequest request, StreamObserver<ResponseMessage> observer) {
		observer.onNext(ResponseMessage.getDefaultInstance());
		observer.onCompleted();
	}

	@Override
	public void disconnect(HandShakeRequest request, StreamObserver<Empty> observer) {
		this.disconnected.add(request.getAddr());
		observer.onNext(Empty.getDefaultInstance());
		observer.onCompleted();
	}

	@Override
	public void send(RootMessage message, StreamObserver<ResponseMessage> observer) {
		this.received.add(message);
		observer.onNext(this.error.isEmpty() ? ResponseMessage.getDefaultInstance()
				: ResponseMessage.newBuilder().setError(this.error).build());
		observer.onCompleted();
	}

	String address() {
		return this.address;
	}

	/* From now on it answers each message so. */
	void answer(String error) {
		this.error = error;
	}

	List<RootMessage> received(String source) {
		return this.received.stream().filter((message) -> message.getSource().equals(source)).toList();
	}

	Queue<String> disconnected() {
		return this.disconnected;
	}

	/* The error that is answered, or nothing. */
	String shakeHands(String claimed) {
		return calls().handshake(HandShakeRequest.newBuilder().setAddr(claimed).build()).getError();
	}

	void sayGoodbye(String claimed) {
		Empty unused = calls().disconnect(HandShakeRequest.newBuilder().setAddr(claimed).build());
	}

	String beat(String source) {
		return tell(gossip(source, "beat"));
	}

	String tell(RootMessage message) {
		return calls().send(message).getError();
	}

	static RootMessage gossip(String source, String command) {
		return RootMessage.newBuilder()
			.setSource(source)
			.setCmd(command)
			.setGossipMessage(GossipMessage.newBuilder()
				.setTtl(10)
				.setHash(ThreadLocalRandom.current().nextLong())
				.addArgs("1700000000.0"))
			.build();
	}

	private NodeServicesBlockingStub calls() {
		return NodeServicesGrpc.newBlockingStub(this.channel).withDeadlineAfter(10, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
		this.server.shutdownNow();
	}

}
