package io.github.securegrpc.sample.ledger;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.StatusRuntimeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.core.io.Resource;

import io.github.securegrpc.sample.ledger.proto.AccountTagRequest;
import io.github.securegrpc.sample.ledger.proto.CurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.ReportRequest;
import io.github.securegrpc.sample.ledger.proto.TBLine;
import io.github.securegrpc.sample.ledger.proto.TBRequest;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;

/**
 * Posts a journal over a channel to a ledger that has no transaction yet, and checks that
 * the trial balance comes to zero. What goes wrong ends the application.
 */
final class JournalPoster {

	private static final Log logger = LogFactory.getLog(JournalPoster.class);

	private static final int DEADLINE_SECONDS = 10;

	private final TransactorGrpc.TransactorBlockingStub stub;

	JournalPoster(TransactorGrpc.TransactorBlockingStub stub) {
		this.stub = stub.withMaxInboundMessageSize(Integer.MAX_VALUE);
	}

	void post(Resource journal) {
		try {
			post(JournalParser.parse(journal));
		}
		catch (JournalException ex) {
			throw new LedgerClientException(String.valueOf(ex.getMessage()),
					"Correct the journal, or set sample.client.journal to another.", ex);
		}
		catch (StatusRuntimeException ex) {
			throw new LedgerClientException("the channel ledger failed: %s".formatted(reasons(ex)),
					"Check the address of the channel ledger and secure-grpc.client.*; the lines of "
							+ "io.github.securegrpc.handshake above name both ends. For the server alone set "
							+ "sample.client.enabled=false.",
					ex);
		}
	}

	private void post(Journal read) {
		if (trialBalance().isEmpty()) {
			postAll(read);
		}
		else {
			logger.info("The ledger has transactions already: the journal is not posted again");
		}
		int transactions = call().getListing(ReportRequest.getDefaultInstance()).getTransactionsCount();
		logger.info(TrialBalanceReport.of(trialBalance(), transactions));
	}

	private void postAll(Journal read) {
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
	}

	private List<TBLine> trialBalance() {
		return call().getTB(TBRequest.getDefaultInstance()).getLinesList();
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
		return this.stub.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
	}

}
