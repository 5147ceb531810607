package io.github.securegrpc.sample.ledger;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The books stay consistent, whoever posts, deletes and reads at once.
 */
class ConcurrentLedgerTests extends TestLedger {

	@Test
	void concurrentPostsAreAllThere() throws Exception {
		together(Collections.nCopies(8, () -> {
			for (int i = 0; i < 50; i++) {
				ledger().post(transaction("2026-01-01", 1, -1));
			}
		}));
		assertThat(ledger().listing(EVER)).hasSize(400);
		assertThat(ledger().trialBalance(EVER).balances()).extracting((balance) -> balance.amount().units())
			.containsExactly(400L, -400L);
	}

	@Test
	void transactionIsVoidedOnceOrDeletedWhoeverIsFirst() throws Exception {
		for (int i = 0; i < 20; i++) {
			String identifier = ledger().post(transaction("2026-01-01", 1, -1));
			AtomicInteger done = new AtomicInteger();
			together(Collections.nCopies(3, () -> unlessRefused(done, () -> ledger().voidTransaction(identifier))),
					Collections.nCopies(3, () -> unlessRefused(done, () -> ledger().delete(identifier))));
			assertThat(done).hasValue(1);
		}
		assertThat(ledger().trialBalance(EVER).sums().remainders()).isEmpty();
		assertThat(ledger().listing(EVER).size() % 2).isZero();
	}

	@Test
	void lineIsReconciledOnceWhoeverIsFirst() throws Exception {
		String identifier = ledger().post(transaction("2026-01-01", 1, -1));
		AtomicInteger done = new AtomicInteger();
		together(Collections.nCopies(6,
				() -> unlessRefused(done, () -> ledger().reconcile(List.of(new LineReference(identifier, 2))))));
		assertThat(done).hasValue(1);
	}

	@Test
	void accountOrCurrencyIsNotDeletedBelowAPosting() throws Exception {
		for (int i = 0; i < 20; i++) {
			ledger().addCurrency(EUR);
			ledger().addAccount("a", List.of("t"));
			AtomicInteger done = new AtomicInteger();
			together(
					Collections.nCopies(2,
							() -> unlessRefused(done, () -> ledger().post(transaction("2026-01-01", 1, -1)))),
					List.of(() -> unlessRefused(done, () -> ledger().deleteAccount("a")),
							() -> unlessRefused(done, () -> ledger().deleteCurrency("EUR"))));
			assertThat(done).hasPositiveValue();
			assertThat(ledger().trialBalance(EVER).sums().remainders()).isEmpty();
			books().empty();
		}
	}

	@Test
	void reportsBalanceWhileOthersPostAndDelete() throws Exception {
		AtomicBoolean posted = new AtomicBoolean();
		Runnable post = () -> {
			for (int i = 0; i < 60; i++) {
				String identifier = ledger().post(transaction("2026-01-01", 7, -7));
				if (i % 3 == 0) {
					ledger().delete(identifier);
				}
			}
			posted.set(true);
		};
		Runnable report = () -> {
			while (!posted.get()) {
				assertThat(ledger().trialBalance(EVER).sums().remainders()).isEmpty();
				assertThat(ledger().listing(EVER)).allSatisfy((entry) -> assertThat(entry.lines()).hasSize(2));
			}
		};
		together(List.of(post, post, report, report));
		assertThat(ledger().listing(EVER)).hasSize(80);
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	static void together(List<Runnable>... actions) throws Exception {
		ExecutorService threads = Executors.newCachedThreadPool();
		try {
			List<Callable<Object>> calls = Stream.of(actions).flatMap(List::stream).map(Executors::callable).toList();
			for (Future<Object> call : threads.invokeAll(calls, 1, TimeUnit.MINUTES)) {
				call.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void unlessRefused(AtomicInteger done, Runnable action) {
		try {
			action.run();
			done.incrementAndGet();
		}
		catch (LedgerException ex) {
			// another was first
		}
	}

}
