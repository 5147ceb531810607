package io.github.securegrpc.sample.signer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.sample.signer.proto.PrivValidatorAPIGrpc;
import io.github.securegrpc.sample.signer.proto.PrivValidatorAPIGrpc.PrivValidatorAPIBlockingStub;
import io.github.securegrpc.sample.signer.proto.SignVoteRequest;
import io.github.securegrpc.sample.signer.proto.Vote;

/**
 * A node that asks the signer, with the certificates of a directory.
 */
final class ValidatorNode implements AutoCloseable {

	private final ManagedChannel channel;

	ValidatorNode(Path pki, int port) throws IOException {
		this(pki, port, "client");
	}

	ValidatorNode(Path pki, int port, @Nullable String identity) throws IOException {
		TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder()
			.trustManager(pki.resolve("ca.pem").toFile());
		if (identity != null) {
			File cert = pki.resolve(identity + ".pem").toFile();
			credentials.keyManager(cert, pki.resolve(identity + ".key").toFile());
		}
		this.channel = Grpc.newChannelBuilder("localhost:" + port, credentials.build()).build();
	}

	PrivValidatorAPIBlockingStub signer() {
		return PrivValidatorAPIGrpc.newBlockingStub(this.channel).withDeadlineAfter(20, TimeUnit.SECONDS);
	}

	Vote signVote(Vote vote, int seconds) {
		return signer().withDeadlineAfter(seconds, TimeUnit.SECONDS)
			.signVote(SignVoteRequest.newBuilder().setVote(vote).setChainId("test-chain").build())
			.getVote();
	}

	/* At once, whatever was in vain before. */
	void connect() {
		this.channel.resetConnectBackoff();
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
	}

}
