package io.github.securegrpc.sample.ledger;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.sample.ledger.store.OpenBooks;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What tests of a ledger begin with: one with books of its own, which are empty before
 * each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestLedger {

	static final Currency EUR = new Currency("EUR", 2);

	static final Period EVER = new Period(null, null);

	@SuppressWarnings("NullAway.Init")
	private OpenBooks books;

	@SuppressWarnings("NullAway.Init")
	private Ledger ledger;

	@BeforeAll
	void open(@TempDir Path directory) throws Exception {
		this.books = openBooks(directory);
		this.ledger = new Ledger(this.books.books());
	}

	@AfterAll
	void close() throws Exception {
		this.books.close();
	}

	@BeforeEach
	void addCurrency() {
		this.books.empty();
		this.ledger.addCurrency(EUR);
	}

	OpenBooks openBooks(Path directory) throws Exception {
		return new OpenBooks("--sample.ledger.directory=" + directory);
	}

	final Ledger ledger() {
		return this.ledger;
	}

	final OpenBooks books() {
		return this.books;
	}

	static JournalTransaction transaction(String date, long debit, long credit) {
		return new JournalTransaction(LocalDate.parse(date), "x", List
			.of(new JournalLine("a", "", new Money(EUR, debit)), new JournalLine("b", "", new Money(EUR, credit))));
	}

	static void refuses(String reason, ThrowingCallable action) {
		assertThatExceptionOfType(LedgerException.class).isThrownBy(action).withMessageContaining(reason);
	}

}
