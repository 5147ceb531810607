package io.github.securegrpc.sample.ledger;

import java.util.function.Supplier;

import io.grpc.stub.StreamObserver;

import io.github.securegrpc.sample.ledger.proto.AccountTagRequest;
import io.github.securegrpc.sample.ledger.proto.CurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.DeleteAccountTagRequest;
import io.github.securegrpc.sample.ledger.proto.DeleteCurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.DeleteRequest;
import io.github.securegrpc.sample.ledger.proto.ListingResponse;
import io.github.securegrpc.sample.ledger.proto.ReconciliationRequest;
import io.github.securegrpc.sample.ledger.proto.ReportRequest;
import io.github.securegrpc.sample.ledger.proto.TBRequest;
import io.github.securegrpc.sample.ledger.proto.TBResponse;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.proto.TransactionResponse;
import io.github.securegrpc.sample.ledger.proto.TransactorGrpc;
import io.github.securegrpc.sample.ledger.proto.VersionRequest;
import io.github.securegrpc.sample.ledger.proto.VersionResponse;

/**
 * The wire of the ledger: {@code transaction.Transactor} as GoDBLedger's clients know it.
 */
class LedgerTransactor extends TransactorGrpc.TransactorImplBase {

	private static final String VERSION = "secure-grpc-sample ledger 0.1.0";

	private final Ledger ledger;

	LedgerTransactor(Ledger ledger) {
		this.ledger = ledger;
	}

	@Override
	public void addTransaction(TransactionRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> this.ledger.post(LedgerTranslation.transaction(this.ledger, request)));
	}

	@Override
	public void deleteTransaction(DeleteRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> {
			this.ledger.delete(request.getIdentifier());
			return "deleted " + request.getIdentifier();
		});
	}

	@Override
	public void voidTransaction(DeleteRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> this.ledger.voidTransaction(request.getIdentifier()));
	}

	@Override
	public void addTag(AccountTagRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> {
			this.ledger.addTags(request.getAccount(), request.getTagList());
			return "tagged " + request.getAccount();
		});
	}

	@Override
	public void deleteTag(DeleteAccountTagRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> {
			this.ledger.deleteTags(request.getAccount(), request.getTagList());
			return "untagged " + request.getAccount();
		});
	}

	@Override
	public void addAccount(AccountTagRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> {
			this.ledger.addAccount(request.getAccount(), request.getTagList());
			return "added " + request.getAccount();
		});
	}

	@Override
	public void deleteAccount(DeleteAccountTagRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> {
			this.ledger.deleteAccount(request.getAccount());
			return "deleted " + request.getAccount();
		});
	}

	@Override
	public void addCurrency(CurrencyRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> {
			int decimals = (int) Math.max(-1, Math.min(request.getDecimals(), Integer.MAX_VALUE));
			this.ledger.addCurrency(new Currency(request.getCurrency(), decimals));
			return "added " + request.getCurrency();
		});
	}

	@Override
	public void deleteCurrency(DeleteCurrencyRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer, () -> {
			this.ledger.deleteCurrency(request.getCurrency());
			return "deleted " + request.getCurrency();
		});
	}

	@Override
	public void reconcileTransactions(ReconciliationRequest request, StreamObserver<TransactionResponse> observer) {
		message(observer,
				() -> this.ledger.reconcile(request.getSplitIDList().stream().map(LineReference::parse).toList()));
	}

	@Override
	public void nodeVersion(VersionRequest request, StreamObserver<VersionResponse> observer) {
		LedgerTranslation.answer(observer, () -> VersionResponse.newBuilder().setMessage(VERSION).build());
	}

	@Override
	public void getTB(TBRequest request, StreamObserver<TBResponse> observer) {
		LedgerTranslation.answer(observer, () -> {
			TBResponse.Builder response = TBResponse.newBuilder();
			this.ledger.trialBalance(Period.until(LedgerDate.optional("date", request.getDate())))
				.balances()
				.forEach((balance) -> response.addLines(LedgerTranslation.line(balance)));
			return response.build();
		});
	}

	@Override
	public void getListing(ReportRequest request, StreamObserver<ListingResponse> observer) {
		LedgerTranslation.answer(observer, () -> {
			Period period = new Period(LedgerDate.optional("startdate", request.getStartdate()),
					LedgerDate.optional("date", request.getDate()));
			ListingResponse.Builder response = ListingResponse.newBuilder();
			this.ledger.listing(period)
				.forEach((transaction) -> response.addTransactions(LedgerTranslation.transaction(transaction)));
			return response.build();
		});
	}

	private static void message(StreamObserver<TransactionResponse> observer, Supplier<String> action) {
		LedgerTranslation.answer(observer, () -> LedgerTranslation.message(action.get()));
	}

}
