package io.github.securegrpc.sample.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The books: what is posted balances, and what contradicts them is refused.
 */
class LedgerTests extends TestLedger {

	@ParameterizedTest
	@CsvSource({ "USD, 2", "AUD, 2", "GBP, 2", "BTC, 8", "ETH, 9", "OXEN, 9" })
	void currencyOfGoDbLedgerIsKnownFromTheStart(String code, int decimals) {
		assertThat(ledger().findCurrency(code)).contains(new Currency(code, decimals));
	}

	@Test
	void transactionThatDoesNotBalanceCannotBeMade() {
		assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> transaction("2026-01-01", 100, -99))
			.withMessageContaining("off balance by EUR 0.01");
	}

	@Test
	void sumThatOverflowsIsRefusedAndLeavesTheBooksAsTheyWere() {
		ledger().post(transaction("2026-01-01", Long.MAX_VALUE, -Long.MAX_VALUE));
		refuses("overflow", () -> ledger().post(transaction("2026-01-01", 1, -1)));
		assertThat(ledger().listing(EVER)).hasSize(1);
		assertThat(ledger().trialBalance(EVER).balances()).extracting((balance) -> balance.amount().units())
			.containsExactlyInAnyOrder(Long.MAX_VALUE, -Long.MAX_VALUE);
	}

	@Test
	void tablesRefuseWhatTheRulesDo() {
		String identifier = ledger().post(transaction("2026-01-01", 1, -1));
		ledger().voidTransaction(identifier);
		ledger().reconcile(List.of(new LineReference(identifier, 1)));
		for (String sql : new String[] {
				"insert into posted_transaction (identifier, entry_date, description, voids) values ('x', '2026-01-01', '', '%s')",
				"insert into agreed_line values ('%s', 0, 'x')", "insert into agreed_line values ('%s', 2, 'x')",
				"delete from posted_line where posted_transaction = '%s'",
				"delete from posted_transaction where identifier = '%s'", "delete from account where name = 'a'",
				"delete from known_currency where code = 'EUR'",
				"update known_currency set turnover = -1 where code = 'EUR'",
				"insert into posted_line values ('%s', 2, 'nobody', '', 'EUR', 1)",
				"insert into posted_line values ('%s', 2, 'a', '', 'EUR', -9223372036854775808)" }) {
			assertThatExceptionOfType(DataIntegrityViolationException.class).as(sql)
				.isThrownBy(() -> books().execute(sql.formatted(identifier)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0001-01-01", "1500-02-28", "1582-10-10", "2024-02-29", "9999-12-31" })
	void dayAndWordsComeBackAsTheyWere(String day) {
		JournalTransaction posted = new JournalTransaction(LocalDate.parse(day), "x".repeat(10_000),
				List.of(new JournalLine("Ä\u20ac:\ud83d\ude00", "'; drop table account --", new Money(EUR, 1)),
						new JournalLine("a", "%s ? :name", new Money(EUR, -1))));
		String identifier = ledger().post(posted);
		assertThat(ledger().listing(EVER)).containsExactly(posted);
		assertThat(ledger().listing(new Period(posted.date(), posted.date()))).hasSize(1);
		ledger().voidTransaction(identifier);
		assertThat(ledger().listing(EVER)).containsExactly(posted, posted.reversed());
	}

	@Test
	void transactionOfVeryManyLinesIsOne() {
		List<JournalLine> lines = new ArrayList<>();
		for (int i = 0; i < 5_000; i++) {
			lines.add(new JournalLine("a" + i % 2_500, "", new Money(EUR, (i < 2_500) ? 1 : -1)));
		}
		String identifier = ledger().post(new JournalTransaction(LocalDate.parse("2026-01-01"), "x", lines));
		assertThat(ledger().listing(EVER)).singleElement()
			.satisfies((entry) -> assertThat(entry.lines()).isEqualTo(lines));
		ledger().delete(identifier);
		assertThat(ledger().listing(EVER)).isEmpty();
	}

	@Test
	void periodIncludesItsFirstAndItsLastDay() {
		for (String day : List.of("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04")) {
			ledger().post(transaction(day, 1, -1));
		}
		assertThat(ledger().listing(new Period(LocalDate.parse("2026-01-02"), LocalDate.parse("2026-01-03"))))
			.extracting((transaction) -> transaction.date().getDayOfMonth())
			.containsExactly(2, 3);
	}

	@Test
	void voidedTransactionLeavesNoTraceInTheBalance() {
		String identifier = ledger().post(transaction("2026-01-01", 500, -500));
		String reverse = ledger().voidTransaction(identifier);
		assertThat(ledger().trialBalance(EVER).balances()).hasSize(2)
			.allSatisfy((balance) -> assertThat(balance.amount().units()).isZero());
		refuses("is already voided", () -> ledger().voidTransaction(identifier));
		refuses("itself voids", () -> ledger().voidTransaction(reverse));
		refuses("is voided by", () -> ledger().delete(identifier));
		ledger().delete(reverse);
		ledger().delete(identifier);
		assertThat(ledger().listing(EVER)).isEmpty();
	}

	@Test
	void unknownTransactionIsRefused() {
		refuses("a transaction of this ledger", () -> ledger().delete("none"));
		refuses("a transaction of this ledger", () -> ledger().voidTransaction("none"));
	}

	@Test
	void currencyAndAccountInUseStay() {
		String identifier = ledger().post(transaction("2026-01-01", 1, -1));
		refuses("is used by transactions", () -> ledger().deleteCurrency("EUR"));
		refuses("is used by transactions", () -> ledger().deleteAccount("a"));
		ledger().delete(identifier);
		ledger().deleteCurrency("EUR");
		ledger().deleteAccount("a");
		assertThat(ledger().findCurrency("EUR")).isEmpty();
	}

	@Test
	void tagsComeAndGoWithTheirAccount() {
		ledger().addAccount("a", List.of("cash"));
		ledger().addTags("a", List.of("bank", "cash"));
		ledger().post(transaction("2026-01-01", 1, -1));
		assertThat(tags()).containsExactlyInAnyOrder("bank", "cash");
		ledger().deleteTags("a", List.of("cash"));
		assertThat(tags()).containsExactly("bank");
	}

	private List<String> tags() {
		return ledger().trialBalance(EVER)
			.balances()
			.stream()
			.filter((balance) -> balance.account().equals("a"))
			.flatMap((balance) -> balance.tags().stream())
			.toList();
	}

	@Test
	void reconciledLineStaysSo() {
		String identifier = ledger().post(transaction("2026-01-01", 1, -1));
		ledger().reconcile(List.of(new LineReference(identifier, 2)));
		refuses("has reconciled lines", () -> ledger().delete(identifier));
		refuses("is already reconciled",
				() -> ledger().reconcile(List.of(new LineReference(identifier, 1), new LineReference(identifier, 2))));
		refuses("is already reconciled",
				() -> ledger().reconcile(List.of(new LineReference(identifier, 1), new LineReference(identifier, 1))));
		refuses("a line of that transaction", () -> ledger().reconcile(List.of(new LineReference(identifier, 3))));
		ledger().reconcile(List.of(new LineReference(identifier, 1)));
	}

}
