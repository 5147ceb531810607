package io.github.securegrpc.sample.ledger;

import java.util.function.BiConsumer;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

import io.github.securegrpc.sample.ledger.proto.CurrencyRequest;
import io.github.securegrpc.sample.ledger.proto.LineItem;
import io.github.securegrpc.sample.ledger.proto.ReportRequest;
import io.github.securegrpc.sample.ledger.proto.TBRequest;
import io.github.securegrpc.sample.ledger.proto.TransactionRequest;
import io.github.securegrpc.sample.ledger.store.Books;

/**
 * Has calls do their work once before the port opens, for a client of GoDBLedger gives
 * its first one a second, however cold the JVM is. Nothing of it is on record.
 */
@Component
@Profile("ledger")
final class LedgerRehearsal implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(LedgerRehearsal.class);

	/** Before all others, so that reports of it are short. */
	private static final String DAY = "0001-01-01";

	/** ISO 4217's code for tests. */
	private static final String CURRENCY = "XTS";

	private final Books books;

	private final LedgerTransactor transactor;

	LedgerRehearsal(Books books, LedgerTransactor transactor) {
		this.books = books;
		this.transactor = transactor;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.books.rehearse(() -> {
			call(this.transactor::addCurrency, CurrencyRequest.newBuilder().setCurrency(CURRENCY).build());
			call(this.transactor::addTransaction,
					TransactionRequest.newBuilder().setDate(DAY).addLines(line(1)).addLines(line(-1)).build());
		});
		call(this.transactor::getTB, TBRequest.newBuilder().setDate(DAY).build());
		call(this.transactor::getListing, ReportRequest.newBuilder().setDate(DAY).build());
	}

	private static LineItem line(long amount) {
		return LineItem.newBuilder().setAccountname("rehearsal").setCurrency(CURRENCY).setAmount(amount).build();
	}

	private <Q extends MessageLite, A extends MessageLite> void call(BiConsumer<Q, StreamObserver<A>> method,
			Q request) {
		method.accept(request, new StreamObserver<>() {

			@Override
			public void onNext(A answer) {
				logger.trace(answer.toByteString());
			}

			@Override
			public void onError(Throwable ex) {
				logger.debug("A call was rehearsed in vain", ex);
			}

			@Override
			public void onCompleted() {
			}

		});
	}

}
