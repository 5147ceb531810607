package io.github.securegrpc.sample.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.securegrpc.sample.ledger.proto.LineItem;
import io.github.securegrpc.sample.ledger.proto.TBLine;
import io.github.securegrpc.sample.ledger.proto.Transaction;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.proto.TransactionResponse;
import io.github.securegrpc.sample.ledger.store.BooksException;

/**
 * Between the ledger's types and the wire's.
 */
final class LedgerTranslation {

	private static final Log logger = LogFactory.getLog(LedgerTranslation.class);

	private LedgerTranslation() {
	}

	static JournalTransaction transaction(Ledger ledger, TransactionRequest request) {
		Map<String, Currency> currencies = new HashMap<>();
		List<JournalLine> lines = request.getLinesList()
			.stream()
			.map((line) -> new JournalLine(line.getAccountname(), Name.requireDescription(line.getDescription()),
					new Money(currencies.computeIfAbsent(line.getCurrency(), (code) -> currency(ledger, code)),
							line.getAmount())))
			.toList();
		return new JournalTransaction(LedgerDate.require("date", request.getDate()),
				Name.requireDescription(request.getDescription()), lines);
	}

	private static Currency currency(Ledger ledger, String code) {
		Name.require("currency", code);
		return ledger.findCurrency(code)
			.orElseThrow(() -> LedgerException.invalid("currency: \"%s\" (expected: one that AddCurrency made known)",
					code));
	}

	static Transaction transaction(JournalTransaction transaction) {
		return Transaction.newBuilder()
			.setDate(transaction.date().toString())
			.setDescription(transaction.description())
			.addAllLines(lines(transaction))
			.build();
	}

	static List<LineItem> lines(JournalTransaction transaction) {
		return transaction.lines()
			.stream()
			.map((line) -> LineItem.newBuilder()
				.setAccountname(line.account())
				.setDescription(line.description())
				.setCurrency(line.amount().currency().code())
				.setAmount(line.amount().units())
				.build())
			.toList();
	}

	static TBLine line(Balance balance) {
		Currency currency = balance.amount().currency();
		return TBLine.newBuilder()
			.setAccountname(balance.account())
			.addAllTags(balance.tags())
			.setAmount(balance.amount().units())
			.setCurrency(currency.code())
			.setDecimals(currency.decimals())
			.setAmountStr(balance.amount().amount())
			.build();
	}

	static TransactionResponse message(String message) {
		return TransactionResponse.newBuilder().setMessage(message).build();
	}

	static <T> void answer(StreamObserver<T> observer, Supplier<T> action) {
		T answer;
		try {
			answer = action.get();
		}
		catch (LedgerException ex) {
			observer.onError(status(ex.reason()).withDescription(ex.getMessage()).asRuntimeException());
			return;
		}
		catch (BooksException ex) {
			logger.error("A call has failed", ex);
			observer.onError(Status.UNAVAILABLE
				.withDescription("the books cannot be read or written now; see GetListing before posting once more")
				.asRuntimeException());
			return;
		}
		observer.onNext(answer);
		observer.onCompleted();
	}

	private static Status status(LedgerException.Reason reason) {
		return switch (reason) {
			case INVALID -> Status.INVALID_ARGUMENT;
			case UNKNOWN -> Status.NOT_FOUND;
			case EXISTS -> Status.ALREADY_EXISTS;
			case IN_USE -> Status.FAILED_PRECONDITION;
		};
	}

}
