package io.github.securegrpc.sample.ledger;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.grpc.StatusRuntimeException;
import net.devh.boot.grpc.client.inject.GrpcClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Component;

import io.github.securegrpc.sample.ledger.proto.AccountTagRequest;
import io.github.securegrpc.sample.ledger.proto.CurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.TBLine;
import io.github.securegrpc.sample.ledger.proto.TBRequest;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;

/**
 * The built-in client: posts a journal over the channel {@code ledger} and checks that
 * the trial balance comes to zero. What goes wrong ends the application.
 */
@Component
@Profile("ledger")
@ConditionalOnBooleanProperty(name = "sample.client.enabled", matchIfMissing = true)
class LedgerClient implements ApplicationRunner {

	private static final Log logger = LogFactory.getLog(LedgerClient.class);

	private static final int DEADLINE_SECONDS = 10;

	private final Resource journal;

	// by field: net.devh makes the channels of constructor parameters before other beans
	@GrpcClient("ledger")
	private TransactorGrpc.@Nullable TransactorBlockingStub stub;

	LedgerClient(@Value("${sample.client.journal}") Resource journal) {
		this.journal = journal;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		try {
			post(JournalParser.parse(this.journal));
		}
		catch (JournalException ex) {
			throw new LedgerClientException(String.valueOf(ex.getMessage()),
					"Correct the journal, or set sample.client.journal to another.", ex);
		}
		catch (StatusRuntimeException ex) {
			throw new LedgerClientException("the channel ledger failed: %s".formatted(reasons(ex)),
					"Check grpc.client.ledger.address and secure-grpc.client.*; the lines of "
							+ "io.github.securegrpc.handshake above name both ends. For the server alone set "
							+ "sample.client.enabled=false.",
					ex);
		}
	}

	private void post(Journal read) {
		read.currencies()
			.forEach((currency) -> call().addCurrency(CurrencyRequest.newBuilder()
				.setCurrency(currency.code())
				.setDecimals(currency.decimals())
				.build()));
		read.accounts()
			.forEach((account) -> call().addAccount(
					AccountTagRequest.newBuilder().setAccount(account.name()).addAllTag(account.tags()).build()));
		read.transactions()
			.forEach((transaction) -> call().addTransaction(TransactionRequest.newBuilder()
				.setDate(transaction.date().toString())
				.setDescription(transaction.description())
				.addAllLines(LedgerTranslation.lines(transaction))
				.build()));
		List<TBLine> lines = call().getTB(TBRequest.getDefaultInstance()).getLinesList();
		logger.info(TrialBalanceReport.of(lines, read.transactions().size()));
	}

	private static String reasons(Throwable ex) {
		StringBuilder reasons = new StringBuilder();
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			String message = cause.getMessage();
			if (message != null && reasons.indexOf(message) < 0) {
				reasons.append((reasons.length() > 0) ? ": " : "").append(message);
			}
		}
		return reasons.toString();
	}

	private TransactorGrpc.TransactorBlockingStub call() {
		return Objects.requireNonNull(this.stub).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
	}

}
