package io.github.securegrpc.sample.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The books: what is posted balances, and stays consistent whoever posts.
 */
class LedgerTests {

	private static final Currency EUR = new Currency("EUR", 2);

	private final Ledger ledger = new Ledger();

	@BeforeEach
	void addCurrency() {
		this.ledger.addCurrency(EUR);
	}

	@ParameterizedTest
	@CsvSource({ "USD, 2", "AUD, 2", "GBP, 2", "BTC, 8", "ETH, 9", "OXEN, 9" })
	void currencyOfGoDbLedgerIsKnownFromTheStart(String code, int decimals) {
		assertThat(new Ledger().findCurrency(code)).contains(new Currency(code, decimals));
	}

	@Test
	void transactionThatDoesNotBalanceCannotBeMade() {
		assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> transaction("2026-01-01", 100, -99))
			.withMessageContaining("off balance by EUR 0.01");
	}

	@Test
	void sumThatOverflowsIsRefusedAndLeavesTheBooksAsTheyWere() {
		this.ledger.post(transaction("2026-01-01", Long.MAX_VALUE, -Long.MAX_VALUE));
		refuses("overflow", () -> this.ledger.post(transaction("2026-01-01", 1, -1)));
		assertThat(this.ledger.listing(new Period(null, null))).hasSize(1);
		assertThat(this.ledger.trialBalance(new Period(null, null)).balances())
			.extracting((balance) -> balance.amount().units())
			.containsExactlyInAnyOrder(Long.MAX_VALUE, -Long.MAX_VALUE);
	}

	@Test
	void concurrentPostsAreAllThere() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		for (int i = 0; i < 2_000; i++) {
			threads.execute(() -> this.ledger.post(transaction("2026-01-01", 1, -1)));
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.ledger.listing(new Period(null, null))).hasSize(2_000);
	}

	@Test
	void periodIncludesItsFirstAndItsLastDay() {
		for (String day : List.of("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04")) {
			this.ledger.post(transaction(day, 1, -1));
		}
		assertThat(this.ledger.listing(new Period(LocalDate.parse("2026-01-02"), LocalDate.parse("2026-01-03"))))
			.extracting((transaction) -> transaction.date().getDayOfMonth())
			.containsExactly(2, 3);
	}

	@Test
	void voidedTransactionLeavesNoTraceInTheBalance() {
		String identifier = this.ledger.post(transaction("2026-01-01", 500, -500));
		String reverse = this.ledger.voidTransaction(identifier);
		assertThat(this.ledger.trialBalance(new Period(null, null)).balances()).hasSize(2)
			.allSatisfy((balance) -> assertThat(balance.amount().units()).isZero());
		refuses("is already voided", () -> this.ledger.voidTransaction(identifier));
		refuses("itself voids", () -> this.ledger.voidTransaction(reverse));
		refuses("is voided by", () -> this.ledger.delete(identifier));
		this.ledger.delete(reverse);
		this.ledger.delete(identifier);
		assertThat(this.ledger.listing(new Period(null, null))).isEmpty();
	}

	@Test
	void unknownTransactionIsRefused() {
		refuses("a transaction of this ledger", () -> this.ledger.delete("none"));
		refuses("a transaction of this ledger", () -> this.ledger.voidTransaction("none"));
	}

	@Test
	void currencyAndAccountInUseStay() {
		String identifier = this.ledger.post(transaction("2026-01-01", 1, -1));
		refuses("is used by transactions", () -> this.ledger.deleteCurrency("EUR"));
		refuses("is used by transactions", () -> this.ledger.deleteAccount("a"));
		this.ledger.delete(identifier);
		this.ledger.deleteCurrency("EUR");
		this.ledger.deleteAccount("a");
		assertThat(this.ledger.findCurrency("EUR")).isEmpty();
	}

	@Test
	void tagsComeAndGoWithTheirAccount() {
		this.ledger.addAccount("a", List.of("cash"));
		this.ledger.addTags("a", List.of("bank", "cash"));
		this.ledger.post(transaction("2026-01-01", 1, -1));
		assertThat(tags()).containsExactlyInAnyOrder("bank", "cash");
		this.ledger.deleteTags("a", List.of("cash"));
		assertThat(tags()).containsExactly("bank");
	}

	private List<String> tags() {
		return this.ledger.trialBalance(new Period(null, null))
			.balances()
			.stream()
			.filter((balance) -> balance.account().equals("a"))
			.flatMap((balance) -> balance.tags().stream())
			.toList();
	}

	private static JournalTransaction transaction(String date, long debit, long credit) {
		return new JournalTransaction(LocalDate.parse(date), "x", List
			.of(new JournalLine("a", "", new Money(EUR, debit)), new JournalLine("b", "", new Money(EUR, credit))));
	}

	private static void refuses(String reason, ThrowingCallable action) {
		assertThatExceptionOfType(LedgerException.class).isThrownBy(action).withMessageContaining(reason);
	}

}
