package io.github.securegrpc.sample.peer;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import net.devh.boot.grpc.server.service.GrpcService;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;

import io.github.securegrpc.peer.PeerIdentity;
import io.github.securegrpc.sample.peer.proto.HandShakeRequest;
import io.github.securegrpc.sample.peer.proto.NodeServicesGrpc;
import io.github.securegrpc.sample.peer.proto.ResponseMessage;
import io.github.securegrpc.sample.peer.proto.RootMessage;

/**
 * The wire of the peer: {@code node.NodeServices} as P2PFL's nodes know it.
 */
@GrpcService
@Profile("peer")
class NodeGrpcService extends NodeServicesGrpc.NodeServicesImplBase {

	private final PeerNode node;

	private final PeerPulse pulse;

	NodeGrpcService(PeerNode node, PeerPulse pulse) {
		this.node = node;
		this.pulse = pulse;
	}

	@Override
	public void handshake(HandShakeRequest request, StreamObserver<ResponseMessage> observer) {
		ResponseMessage answer = this.node.handshake(caller(), request.getAddr());
		answer(observer, answer);
		if (answer.getError().isEmpty()) {
			this.pulse.beatNewcomersSoon();
		}
	}

	@Override
	public void disconnect(HandShakeRequest request, StreamObserver<Empty> observer) {
		this.node.disconnect(caller(), request.getAddr());
		answer(observer, Empty.getDefaultInstance());
	}

	@Override
	public void send(RootMessage message, StreamObserver<ResponseMessage> observer) {
		answer(observer, this.node.receive(caller(), message));
	}

	private static @Nullable PeerIdentity caller() {
		return PeerIdentity.current().orElse(null);
	}

	private static <T> void answer(StreamObserver<T> observer, T answer) {
		observer.onNext(answer);
		observer.onCompleted();
	}

}
