package io.github.securegrpc.sample.ledger;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JournalParserTests {

	@Test
	void shippedJournalHasAtLeastFiftyBalancedTransactions() {
		Journal journal = JournalParser.parse(new ClassPathResource("ledger/journal.txt"));
		assertThat(journal.transactions()).hasSizeGreaterThanOrEqualTo(50);
		assertThat(journal.currencies()).extracting(Currency::code).contains("EUR", "USD", "JPY", "XBT");
	}

	@Test
	void amountLeftOutIsInferred() {
		Journal journal = JournalParser.parse("j", "2026-01-01 * x\n  A:B  1.50 EUR\n  C:D\n");
		assertThat(journal.transactions().get(0).lines().get(1).amount().units()).isEqualTo(-150);
	}

	@Test
	void transactionThatDoesNotBalanceIsNamedByItsLine() {
		assertThatExceptionOfType(JournalException.class)
			.isThrownBy(() -> JournalParser.parse("j", "\n2026-01-01 * x\n  A:B  1 EUR\n  C:D  -2 EUR\n"))
			.withMessageContaining("j, line 2")
			.withMessageContaining("off balance by EUR -1");
	}

	@Test
	void twoAmountsLeftOutAreRefused() {
		assertThatExceptionOfType(JournalException.class)
			.isThrownBy(() -> JournalParser.parse("j", "2026-01-01 * x\n  A:B  1 EUR\n  C:D\n  E:F\n"))
			.withMessageContaining("one at most");
	}

	@Test
	void dayThatDoesNotExistIsRefused() {
		assertThatExceptionOfType(JournalException.class).isThrownBy(() -> JournalParser.parse("j", "2026-02-30 * x\n"))
			.withMessageContaining("line 1")
			.withMessageContaining("a day of the calendar");
	}

}
