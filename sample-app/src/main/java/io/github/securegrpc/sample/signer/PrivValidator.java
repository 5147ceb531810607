package io.github.securegrpc.sample.signer;

import java.util.function.Supplier;

import io.grpc.stub.StreamObserver;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.context.annotation.Profile;

import io.github.securegrpc.sample.signer.Signer.Signed;
import io.github.securegrpc.sample.signer.proto.PrivValidatorAPIGrpc;
import io.github.securegrpc.sample.signer.proto.Proposal;
import io.github.securegrpc.sample.signer.proto.PubKeyRequest;
import io.github.securegrpc.sample.signer.proto.PubKeyResponse;
import io.github.securegrpc.sample.signer.proto.PublicKey;
import io.github.securegrpc.sample.signer.proto.SignProposalRequest;
import io.github.securegrpc.sample.signer.proto.SignVoteRequest;
import io.github.securegrpc.sample.signer.proto.SignedProposalResponse;
import io.github.securegrpc.sample.signer.proto.SignedVoteResponse;
import io.github.securegrpc.sample.signer.proto.Vote;

/**
 * The wire of the signer: {@code tendermint.privval.PrivValidatorAPI} as validator nodes
 * know it.
 */
@GrpcService
@Profile("signer")
class PrivValidator extends PrivValidatorAPIGrpc.PrivValidatorAPIImplBase {

	private final Signer signer;

	private final String chain;

	PrivValidator(Signer signer, SignerProperties properties) {
		this.signer = signer;
		this.chain = properties.chainId();
	}

	@Override
	public void getPubKey(PubKeyRequest request, StreamObserver<PubKeyResponse> observer) {
		answer(observer, () -> {
			checkChain(request.getChainId());
			return PubKeyResponse.newBuilder()
				.setPubKey(PublicKey.newBuilder().setEd25519(this.signer.publicKey()))
				.build();
		});
	}

	@Override
	public void signVote(SignVoteRequest request, StreamObserver<SignedVoteResponse> observer) {
		answer(observer, () -> {
			checkChain(request.getChainId());
			checkThere("vote", request.hasVote());
			Vote vote = request.getVote();
			Signed signed = this.signer.sign(SignRequests.step(vote), SignBytes.of(vote, this.chain));
			return SignedVoteResponse.newBuilder()
				.setVote(vote.toBuilder().setSignature(signed.signature()).setTimestamp(signed.time()))
				.build();
		});
	}

	@Override
	public void signProposal(SignProposalRequest request, StreamObserver<SignedProposalResponse> observer) {
		answer(observer, () -> {
			checkChain(request.getChainId());
			checkThere("proposal", request.hasProposal());
			Proposal proposal = request.getProposal();
			Signed signed = this.signer.sign(SignRequests.step(proposal), SignBytes.of(proposal, this.chain));
			return SignedProposalResponse.newBuilder()
				.setProposal(proposal.toBuilder().setSignature(signed.signature()).setTimestamp(signed.time()))
				.build();
		});
	}

	private void checkChain(String asked) {
		if (!asked.equals(this.chain)) {
			throw RefusedSignatureException.malformed("chain_id: \"%.60s\" (expected: %s)", asked, this.chain);
		}
	}

	private static void checkThere(String what, boolean there) {
		if (!there) {
			throw RefusedSignatureException.malformed("%s: none (expected: what is to be signed)", what);
		}
	}

	private static <T> void answer(StreamObserver<T> observer, Supplier<T> action) {
		T answer;
		try {
			answer = action.get();
		}
		catch (RefusedSignatureException ex) {
			observer.onError(ex.status().asRuntimeException());
			return;
		}
		observer.onNext(answer);
		observer.onCompleted();
	}

}
