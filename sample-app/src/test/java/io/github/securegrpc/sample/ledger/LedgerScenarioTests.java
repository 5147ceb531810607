package io.github.securegrpc.sample.ledger;

import java.nio.file.Path;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.sample.SampleApplication;
import io.github.securegrpc.sample.ledger.proto.CurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.DeleteRequest;
import io.github.securegrpc.sample.ledger.proto.LineItem;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The whole application over mutual TLS, with nothing configured but the dev CA.
 */
@ExtendWith(OutputCaptureExtension.class)
class LedgerScenarioTests {

	@TempDir
	private Path directory = Path.of("");

	@Test
	@SuppressWarnings("try")
	void clientPostsTheJournalOverMutualTlsAndTheBalanceIsZero(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(output.getAll()).contains("client-auth require")
				.contains("Established secure gRPC connection to ledger (127.0.0.1:")
				.containsPattern("Trial balance of 73 transactions: EUR 0.00, .* - balanced");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "one-way", "pinned" })
	@SuppressWarnings("try")
	void clientThatProvesNothingPostsTheJournal(String profile, CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--spring.profiles.active=" + profile)) {
			assertThat(output.getAll()).contains("client-auth none")
				.containsPattern("Secure gRPC channel ledger: .*, no certificate, trust anchors: 1")
				.contains("Established secure gRPC connection to ledger (127.0.0.1:")
				.containsPattern("Trial balance of 73 transactions: EUR 0.00, .* - balanced");
		}
	}

	/* The leaf that is pinned, and no other of its CA. */
	@Test
	void pinnedClientRefusesAnotherServerOfTheSameAuthority(CapturedOutput output) {
		try (ConfigurableApplicationContext first = start("--sample.client.enabled=false")) {
			assertThat(first.isRunning()).isTrue();
		}
		Path pki = this.directory.resolve("pki");
		assertThatThrownBy(
				() -> start("--spring.profiles.active=pinned", "--secure-grpc.client.ca=" + pki.resolve("client.pem")))
			.isNotNull();
		assertThat(output.getAll()).contains("APPLICATION FAILED TO START")
			.contains("is not among the 1 trust anchors");
	}

	@Test
	void serverAloneRefusesWhatDoesNotBalance(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("--sample.client.enabled=false")) {
			assertThat(output.getAll()).doesNotContain("Trial balance");
			TransactorGrpc.TransactorBlockingStub stub = TransactorGrpc
				.newBlockingStub(context.getBean(GrpcChannelFactory.class).createChannel("ledger"));
			assertThat(stub.addCurrency(CurrencyRequest.newBuilder().setCurrency("EUR").setDecimals(2).build())
				.getMessage()).isEqualTo("added EUR");
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> stub.addTransaction(transaction(150, -100)))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
				.withMessageContaining("off balance by EUR 0.50");
			String identifier = stub.addTransaction(transaction(150, -150)).getMessage();
			assertThat(stub.voidTransaction(DeleteRequest.newBuilder().setIdentifier(identifier).build()).getMessage())
				.isNotEqualTo(identifier);
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> stub.deleteTransaction(DeleteRequest.newBuilder().setIdentifier("none").build()))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
		}
	}

	private static TransactionRequest transaction(long debit, long credit) {
		return TransactionRequest.newBuilder()
			.setDate("2026-01-31")
			.addLines(LineItem.newBuilder().setAccountname("a").setCurrency("EUR").setAmount(debit))
			.addLines(LineItem.newBuilder().setAccountname("b").setCurrency("EUR").setAmount(credit))
			.build();
	}

	private ConfigurableApplicationContext start(String... more) {
		String[] arguments = java.util.stream.Stream.concat(java.util.Arrays.stream(more),
				java.util.stream.Stream.of("--grpc.server.port=" + TestSocketUtils.findAvailableTcpPort(),
						"--server.port=0", "--sample.ledger.directory=" + this.directory.resolve("ledger"),
						"--secure-grpc.dev-ca.directory=" + this.directory.resolve("pki")))
			.toArray(String[]::new);
		return new SpringApplication(SampleApplication.class).run(arguments);
	}

}
