package io.github.securegrpc.sample.signer;

import java.util.HexFormat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.securegrpc.sample.signer.proto.BlockID;
import io.github.securegrpc.sample.signer.proto.PartSetHeader;
import io.github.securegrpc.sample.signer.proto.SignedMsgType;
import io.github.securegrpc.sample.signer.proto.Vote;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is signed, byte by byte: the vectors are Tendermint's own.
 */
class SignBytesTests {

	@ParameterizedTest
	@CsvSource({ "SIGNED_MSG_TYPE_UNKNOWN, 0, 0, '', 0d2a0b088092b8c398feffffff01",
			"SIGNED_MSG_TYPE_PRECOMMIT, 1, 1, '', 2108021101000000000000001901000000000000002a0b088092b8c398feffffff01",
			"SIGNED_MSG_TYPE_PREVOTE, 1, 1, '', 2108011101000000000000001901000000000000002a0b088092b8c398feffffff01",
			"SIGNED_MSG_TYPE_UNKNOWN, 1, 1, test_chain_id, 2e1101000000000000001901000000000000002a0b088092b8c398feffffff01320d746573745f636861696e5f6964" })
	void voteIsSignedAsTendermintSignsIt(SignedMsgType type, long height, int round, String chain, String expected) {
		Vote vote = Vote.newBuilder().setType(type).setHeight(height).setRound(round).build();
		assertThat(hex(SignBytes.of(vote, chain))).isEqualTo(expected);
	}

	@Test
	void whoVotesAndItsSignatureAreNotSigned() {
		Vote vote = Vote.newBuilder().setType(SignedMsgType.SIGNED_MSG_TYPE_PREVOTE).setHeight(1).build();
		Vote signed = vote.toBuilder()
			.setValidatorAddress(ByteString.copyFromUtf8("somebody"))
			.setValidatorIndex(7)
			.setSignature(ByteString.copyFromUtf8("signature"))
			.build();
		assertThat(SignBytes.of(signed, "x")).isEqualTo(SignBytes.of(vote, "x"));
	}

	/* Its part set header stands there even where it is empty. */
	@Test
	void blockHasItsParts() {
		ByteString hash = ByteString.copyFrom(new byte[32]);
		Vote vote = Vote.newBuilder().setHeight(1).setBlockId(BlockID.newBuilder().setHash(hash)).build();
		assertThat(hex(SignBytes.of(vote, ""))).contains("22240a20" + "00".repeat(32) + "1200");
		Vote parts = vote.toBuilder()
			.setBlockId(BlockID.newBuilder().setHash(hash).setPartSetHeader(PartSetHeader.newBuilder().setTotal(5)))
			.build();
		assertThat(hex(SignBytes.of(parts, ""))).contains("12020805");
	}

	@Test
	void onlyTheTimeMayDiffer() {
		Vote vote = Vote.newBuilder()
			.setType(SignedMsgType.SIGNED_MSG_TYPE_PREVOTE)
			.setHeight(1)
			.setTimestamp(Timestamp.newBuilder().setSeconds(1))
			.build();
		SignState state = new SignState(new SignStep(1, 0, SignStep.PREVOTE), SignBytes.of(vote, "x"),
				ByteString.copyFromUtf8("signature"));
		Vote later = vote.toBuilder().setTimestamp(Timestamp.newBuilder().setSeconds(2)).build();
		assertThat(SignBytes.areSameButForTheTime(state, SignBytes.of(later, "x"))).isTrue();
		assertThat(SignBytes.areSameButForTheTime(state, SignBytes.of(later, "y"))).isFalse();
		assertThat(SignBytes.areSameButForTheTime(state, SignBytes.of(later.toBuilder().setRound(1).build(), "x")))
			.isFalse();
		assertThat(SignBytes.time(state)).isEqualTo(vote.getTimestamp());
	}

	private static String hex(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

}
