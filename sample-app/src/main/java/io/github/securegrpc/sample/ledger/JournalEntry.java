package io.github.securegrpc.sample.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A transaction as the journal writes it: one posting may leave its amount out.
 *
 * @param line the number of its first line
 * @param date its date
 * @param description its description
 * @param postings its postings so far
 */
record JournalEntry(int line, LocalDate date, String description, List<JournalPosting> postings) {

	JournalTransaction transaction(Map<String, Currency> currencies) {
		List<JournalLine> lines = new ArrayList<>();
		JournalPosting open = null;
		for (JournalPosting posting : this.postings) {
			JournalAmount amount = posting.amount();
			if (amount != null) {
				Currency currency = Objects.requireNonNull(currencies.get(amount.currency()));
				lines.add(new JournalLine(posting.account(), posting.comment(), currency.money(amount.number())));
			}
			else if (open == null) {
				open = posting;
			}
			else {
				throw LedgerException.invalid("two postings without an amount, at %d and %d (expected: one at most)",
						open.line(), posting.line());
			}
		}
		if (open != null) {
			JournalPosting rest = open;
			CurrencySums.of(lines.stream().map(JournalLine::amount).toList())
				.remainders()
				.forEach((money) -> lines.add(new JournalLine(rest.account(), rest.comment(), money.negated())));
		}
		return new JournalTransaction(this.date, this.description, lines);
	}

}
