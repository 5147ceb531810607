package io.github.securegrpc.sample.ledger;

import java.util.List;
import java.util.function.Supplier;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import io.github.securegrpc.sample.ledger.proto.LineItem;
import io.github.securegrpc.sample.ledger.proto.TBLine;
import io.github.securegrpc.sample.ledger.proto.Transaction;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.proto.TransactionResponse;

/**
 * Between the ledger's types and the wire's.
 */
final class LedgerTranslation {

	private LedgerTranslation() {
	}

	static JournalTransaction transaction(Ledger ledger, TransactionRequest request) {
		List<JournalLine> lines = request.getLinesList()
			.stream()
			.map((line) -> new JournalLine(line.getAccountname(), line.getDescription(),
					new Money(currency(ledger, line.getCurrency()), line.getAmount())))
			.toList();
		return new JournalTransaction(LedgerDate.require("date", request.getDate()), request.getDescription(), lines);
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
