package io.github.securegrpc.sample.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.sample.ledger.proto.LineItem;
import io.github.securegrpc.sample.ledger.proto.ReportRequest;
import io.github.securegrpc.sample.ledger.proto.TBLine;
import io.github.securegrpc.sample.ledger.proto.TBRequest;
import io.github.securegrpc.sample.ledger.proto.Transaction;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;

/**
 * Who posts to a ledger that has its certificates and books in a directory.
 */
final class Bookkeeper implements AutoCloseable {

	private final ManagedChannel channel;

	Bookkeeper(Path directory, int port) throws IOException {
		Depot depot = depot(directory);
		this.channel = Grpc
			.newChannelBuilder("localhost:" + port,
					TlsChannelCredentials.newBuilder()
						.trustManager(depot.certificate("ca").toFile())
						.keyManager(depot.certificate("ledger").toFile(), depot.key("ledger").toFile())
						.build())
			.build();
	}

	static void issue(Path directory) {
		CertificateAuthority.create(depot(directory), AuthorityRequest.named("ca"), Clock.systemUTC())
			.issueTo(depot(directory), LeafRequest.peer("ledger", SubjectAlternativeName.dns("localhost"),
					SubjectAlternativeName.ip("127.0.0.1")));
	}

	private static Depot depot(Path directory) {
		return Depot.pem(directory.resolve("pki"));
	}

	static List<String> arguments(Path directory, int port) {
		Depot depot = depot(directory);
		return List.of("--grpc.server.port=" + port, "--server.port=0", "--secure-grpc.dev-ca.enabled=false",
				"--secure-grpc.reload.enabled=false", "--secure-grpc.cert=" + depot.certificate("ledger"),
				"--secure-grpc.key=" + depot.key("ledger"), "--secure-grpc.ca=" + depot.certificate("ca"),
				"--sample.ledger.directory=" + directory.resolve("books"));
	}

	static TransactionRequest transaction(String description, String currency, long amount) {
		return TransactionRequest.newBuilder()
			.setDate("2026-01-31")
			.setDescription(description)
			.addLines(LineItem.newBuilder().setAccountname("a").setCurrency(currency).setAmount(amount))
			.addLines(LineItem.newBuilder().setAccountname("b").setCurrency(currency).setAmount(-amount))
			.build();
	}

	TransactorGrpc.TransactorBlockingStub ledger() {
		return TransactorGrpc.newBlockingStub(this.channel)
			.withMaxInboundMessageSize(Integer.MAX_VALUE)
			.withWaitForReady()
			.withDeadlineAfter(30, TimeUnit.SECONDS);
	}

	List<Transaction> listing() {
		return ledger().getListing(ReportRequest.getDefaultInstance()).getTransactionsList();
	}

	List<TBLine> trialBalance() {
		return ledger().getTB(TBRequest.getDefaultInstance()).getLinesList();
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
