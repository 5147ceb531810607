package io.github.securegrpc.sample.signer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;

import io.github.securegrpc.sample.signer.proto.BlockID;
import io.github.securegrpc.sample.signer.proto.CanonicalBlockID;
import io.github.securegrpc.sample.signer.proto.CanonicalPartSetHeader;
import io.github.securegrpc.sample.signer.proto.CanonicalProposal;
import io.github.securegrpc.sample.signer.proto.CanonicalVote;
import io.github.securegrpc.sample.signer.proto.Proposal;
import io.github.securegrpc.sample.signer.proto.Vote;

/**
 * What is signed: the canonical form of a vote or a proposal, after its length. A time
 * that is missing is Go's zero time, in the year 1.
 */
final class SignBytes {

	private static final Timestamp ZERO_TIME = Timestamp.newBuilder().setSeconds(-62_135_596_800L).build();

	private SignBytes() {
	}

	static ByteString of(Vote vote, String chain) {
		CanonicalVote.Builder canonical = CanonicalVote.newBuilder()
			.setType(vote.getType())
			.setHeight(vote.getHeight())
			.setRound(vote.getRound())
			.setTimestamp(vote.hasTimestamp() ? vote.getTimestamp() : ZERO_TIME)
			.setChainId(chain);
		if (!isEmpty(vote.getBlockId())) {
			canonical.setBlockId(canonical(vote.getBlockId()));
		}
		return delimited(canonical.build());
	}

	static ByteString of(Proposal proposal, String chain) {
		CanonicalProposal.Builder canonical = CanonicalProposal.newBuilder()
			.setType(proposal.getType())
			.setHeight(proposal.getHeight())
			.setRound(proposal.getRound())
			.setPolRound(proposal.getPolRound())
			.setTimestamp(proposal.hasTimestamp() ? proposal.getTimestamp() : ZERO_TIME)
			.setChainId(chain);
		if (!isEmpty(proposal.getBlockId())) {
			canonical.setBlockId(canonical(proposal.getBlockId()));
		}
		return delimited(canonical.build());
	}

	/* When what was signed at a step was signed. */
	static Timestamp time(SignState state) {
		return isProposal(state) ? proposal(state.signBytes()).getTimestamp() : vote(state.signBytes()).getTimestamp();
	}

	/* Whether it differs from what was signed at its step in the time at most. */
	static boolean areSameButForTheTime(SignState state, ByteString signBytes) {
		return isProposal(state) ? timeless(proposal(state.signBytes())).equals(timeless(proposal(signBytes)))
				: timeless(vote(state.signBytes())).equals(timeless(vote(signBytes)));
	}

	private static CanonicalVote timeless(CanonicalVote vote) {
		return vote.toBuilder().clearTimestamp().build();
	}

	private static CanonicalProposal timeless(CanonicalProposal proposal) {
		return proposal.toBuilder().clearTimestamp().build();
	}

	private static boolean isProposal(SignState state) {
		return state.last().step() == SignStep.PROPOSE;
	}

	private static CanonicalVote vote(ByteString bytes) {
		try {
			return CanonicalVote.parseDelimitedFrom(new ByteArrayInputStream(bytes.toByteArray()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static CanonicalProposal proposal(ByteString bytes) {
		try {
			return CanonicalProposal.parseDelimitedFrom(new ByteArrayInputStream(bytes.toByteArray()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isEmpty(BlockID block) {
		return block.getHash().isEmpty() && block.getPartSetHeader().getTotal() == 0
				&& block.getPartSetHeader().getHash().isEmpty();
	}

	private static CanonicalBlockID canonical(BlockID block) {
		return CanonicalBlockID.newBuilder()
			.setHash(block.getHash())
			.setPartSetHeader(CanonicalPartSetHeader.newBuilder()
				.setTotal(block.getPartSetHeader().getTotal())
				.setHash(block.getPartSetHeader().getHash()))
			.build();
	}

	private static ByteString delimited(Message message) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			message.writeDelimitedTo(bytes);
			return ByteString.copyFrom(bytes.toByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
