package io.github.securegrpc.sample.signer;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.github.securegrpc.sample.signer.proto.BlockID;
import io.github.securegrpc.sample.signer.proto.PartSetHeader;
import io.github.securegrpc.sample.signer.proto.Proposal;
import io.github.securegrpc.sample.signer.proto.SignedMsgType;
import io.github.securegrpc.sample.signer.proto.Vote;

/**
 * What a request for a signature has to be, whatever was signed before.
 */
final class SignRequests {

	private static final int HASH_LENGTH = 32;

	private static final long FIRST_SECOND = -62_135_596_800L;

	private static final long LAST_SECOND = 253_402_300_799L;

	private static final int MAX_NANOS = 999_999_999;

	private SignRequests() {
	}

	static SignStep step(Vote vote) {
		int step = switch (vote.getType()) {
			case SIGNED_MSG_TYPE_PREVOTE -> SignStep.PREVOTE;
			case SIGNED_MSG_TYPE_PRECOMMIT -> SignStep.PRECOMMIT;
			default -> throw RefusedSignatureException.malformed("vote.type: %s (expected: prevote or precommit)",
					vote.getType());
		};
		check(vote.getBlockId());
		check(vote.getTimestamp());
		return step(vote.getHeight(), vote.getRound(), step);
	}

	static SignStep step(Proposal proposal) {
		if (proposal.getType() != SignedMsgType.SIGNED_MSG_TYPE_PROPOSAL) {
			throw RefusedSignatureException.malformed("proposal.type: %s (expected: proposal)", proposal.getType());
		}
		if (proposal.getPolRound() < -1 || proposal.getPolRound() >= Math.max(1, proposal.getRound())) {
			throw RefusedSignatureException.malformed("proposal.pol_round: %d (expected: -1, or a round before %d)",
					proposal.getPolRound(), proposal.getRound());
		}
		check(proposal.getBlockId());
		check(proposal.getTimestamp());
		return step(proposal.getHeight(), proposal.getRound(), SignStep.PROPOSE);
	}

	private static SignStep step(long height, int round, int step) {
		if (height < 1 || round < 0) {
			throw RefusedSignatureException.malformed("height %d, round %d (expected: from 1 and from 0)", height,
					round);
		}
		return new SignStep(height, round, step);
	}

	private static void check(BlockID block) {
		PartSetHeader parts = block.getPartSetHeader();
		check("block_id.hash", block.getHash());
		check("block_id.part_set_header.hash", parts.getHash());
		boolean complete = !block.getHash().isEmpty() && !parts.getHash().isEmpty() && parts.getTotal() != 0;
		boolean empty = block.getHash().isEmpty() && parts.getHash().isEmpty() && parts.getTotal() == 0;
		if (!complete && !empty) {
			throw RefusedSignatureException
				.malformed("block_id: half of one (expected: none, or a hash and its parts)");
		}
	}

	private static void check(String field, ByteString hash) {
		if (!hash.isEmpty() && hash.size() != HASH_LENGTH) {
			throw RefusedSignatureException.malformed("%s: %d bytes (expected: none or %d)", field, hash.size(),
					HASH_LENGTH);
		}
	}

	/* As protobuf has it: years 1 to 9999. */
	private static void check(Timestamp time) {
		long seconds = time.getSeconds();
		int nanos = time.getNanos();
		if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos > MAX_NANOS) {
			throw RefusedSignatureException.malformed("timestamp: %d seconds and %d nanos (expected: years 1 to 9999)",
					seconds, nanos);
		}
	}

}
