package io.github.securegrpc.sample.signer;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

import javax.sql.DataSource;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.sample.SampleApplication;
import io.github.securegrpc.sample.signer.proto.BlockID;
import io.github.securegrpc.sample.signer.proto.PartSetHeader;
import io.github.securegrpc.sample.signer.proto.Proposal;
import io.github.securegrpc.sample.signer.proto.PubKeyRequest;
import io.github.securegrpc.sample.signer.proto.SignProposalRequest;
import io.github.securegrpc.sample.signer.proto.SignVoteRequest;
import io.github.securegrpc.sample.signer.proto.SignedMsgType;
import io.github.securegrpc.sample.signer.proto.Vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The whole signer over mutual TLS, asked by a validator's node that it does not know.
 */
class SignerScenarioTests {

	private static final String CHAIN = "test-chain";

	private final int port = TestSocketUtils.findAvailableTcpPort();

	@TempDir
	Path directory = Path.of("");

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private ValidatorNode node;

	@BeforeEach
	void start() throws IOException {
		Signers.issue(this.directory);
		this.context = new SpringApplication(SampleApplication.class).run(Signers.arguments(this.directory, this.port));
		this.node = new ValidatorNode(this.directory.resolve("pki"), this.port);
	}

	@AfterEach
	void stop() {
		this.node.close();
		this.context.close();
	}

	@Test
	void signatureIsOfTheKeyThatIsAnsweredAndOverTheCanonicalForm() throws GeneralSecurityException {
		Vote vote = vote(1, 0, 'a');
		Vote signed = this.node.signer().signVote(request(vote)).getVote();
		assertThat(signed.toBuilder().clearSignature().build()).isEqualTo(vote);
		ByteString key = this.node.signer()
			.getPubKey(PubKeyRequest.newBuilder().setChainId(CHAIN).build())
			.getPubKey()
			.getEd25519();
		Signature verifier = Signature.getInstance("Ed25519");
		verifier.initVerify(KeyFactory.getInstance("Ed25519")
			.generatePublic(new X509EncodedKeySpec(HexFormat.of()
				.parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(key.toByteArray())))));
		verifier.update(SignBytes.of(vote, CHAIN).toByteArray());
		assertThat(verifier.verify(signed.getSignature().toByteArray())).isTrue();
	}

	@Test
	void nothingElseIsSignedAtAStep() {
		ByteString first = this.node.signer().signVote(request(vote(5, 1, 'a'))).getVote().getSignature();
		refused(Status.Code.FAILED_PRECONDITION, vote(5, 1, 'b'), "conflicting data");
		refused(Status.Code.FAILED_PRECONDITION, vote(5, 0, 'a'), "is before what was signed last");
		refused(Status.Code.FAILED_PRECONDITION, vote(4, 9, 'a'), "is before what was signed last");
		assertThat(this.node.signer().signVote(request(vote(5, 1, 'a'))).getVote().getSignature()).isEqualTo(first);
		Vote later = vote(5, 1, 'a').toBuilder().setTimestamp(Timestamp.newBuilder().setSeconds(99)).build();
		Vote again = this.node.signer().signVote(request(later)).getVote();
		assertThat(again.getSignature()).isEqualTo(first);
		assertThat(again.getTimestamp()).isEqualTo(vote(5, 1, 'a').getTimestamp());
	}

	@Test
	void proposalComesBeforeTheVotesOfItsRound() {
		Proposal proposal = Proposal.newBuilder()
			.setType(SignedMsgType.SIGNED_MSG_TYPE_PROPOSAL)
			.setHeight(7)
			.setPolRound(-1)
			.setBlockId(block('a'))
			.build();
		SignProposalRequest request = SignProposalRequest.newBuilder().setProposal(proposal).setChainId(CHAIN).build();
		assertThat(this.node.signer().signProposal(request).getProposal().getSignature().size()).isEqualTo(64);
		this.node.signer().signVote(request(vote(7, 0, 'a')));
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> this.node.signer().signProposal(request))
			.withMessageContaining("is before what was signed last");
	}

	@Test
	void malformedRequestsAreRefusedAndTheProcessLives() {
		refused(Status.Code.INVALID_ARGUMENT, SignVoteRequest.newBuilder().setChainId(CHAIN).build(), "vote: none");
		refused(Status.Code.INVALID_ARGUMENT, SignVoteRequest.newBuilder().setVote(vote(1, 0, 'a')).build(),
				"chain_id: \"\" (expected: test-chain)");
		refused(Status.Code.INVALID_ARGUMENT, vote(0, 0, 'a'), "height 0");
		refused(Status.Code.INVALID_ARGUMENT, vote(1, -1, 'a'), "round -1");
		refused(Status.Code.INVALID_ARGUMENT,
				vote(1, 0, 'a').toBuilder().setType(SignedMsgType.SIGNED_MSG_TYPE_PROPOSAL).build(), "vote.type");
		refused(Status.Code.INVALID_ARGUMENT, vote(1, 0, 'a').toBuilder().setTypeValue(77).build(), "vote.type");
		refused(Status.Code.INVALID_ARGUMENT,
				vote(1, 0, 'a').toBuilder()
					.setBlockId(BlockID.newBuilder().setHash(ByteString.copyFromUtf8("short")))
					.build(),
				"block_id.hash: 5 bytes");
		refused(Status.Code.INVALID_ARGUMENT,
				vote(1, 0, 'a').toBuilder().setBlockId(BlockID.newBuilder().setHash(block('a').getHash())).build(),
				"half of one");
		assertThat(this.node.signer().signVote(request(vote(1, 0, 'a'))).hasVote()).isTrue();
	}

	@Test
	void signerHasNoDatabase() {
		assertThat(this.context.getBeanNamesForType(DataSource.class)).isEmpty();
	}

	@Test
	void onlyTheValidatorMayCall() throws IOException {
		try (ValidatorNode other = new ValidatorNode(this.directory.resolve("pki"), this.port, "other")) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> other.signer().signVote(request(vote(1, 0, 'a'))))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
		}
		try (ValidatorNode nobody = new ValidatorNode(this.directory.resolve("pki"), this.port, null)) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> nobody.signer().signVote(request(vote(1, 0, 'a'))))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
		}
	}

	private void refused(Status.Code code, Vote vote, String message) {
		refused(code, request(vote), message);
	}

	private void refused(Status.Code code, SignVoteRequest request, String message) {
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> this.node.signer().signVote(request))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(code))
			.withMessageContaining(message);
	}

	private static SignVoteRequest request(Vote vote) {
		return SignVoteRequest.newBuilder().setVote(vote).setChainId(CHAIN).build();
	}

	static Vote vote(long height, int round, char block) {
		return Vote.newBuilder()
			.setType(SignedMsgType.SIGNED_MSG_TYPE_PREVOTE)
			.setHeight(height)
			.setRound(round)
			.setBlockId(block(block))
			.setTimestamp(Timestamp.newBuilder().setSeconds(1_700_000_000))
			.build();
	}

	static BlockID block(char name) {
		ByteString hash = ByteString.copyFromUtf8(String.valueOf(name).repeat(32));
		return BlockID.newBuilder()
			.setHash(hash)
			.setPartSetHeader(PartSetHeader.newBuilder().setTotal(1).setHash(hash))
			.build();
	}

}
