package io.github.securegrpc.sample.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A double entry: what left one account came to another, to the smallest unit. Cannot be
 * made unless its lines sum to zero in each currency.
 *
 * @param date the day it counts from
 * @param description what it is about; may be empty
 * @param lines the two or more sides
 */
record JournalTransaction(LocalDate date, String description, List<JournalLine> lines) {

	/** Keeps a message short enough for a header of HTTP/2, whatever was sent. */
	private static final int MOST_CURRENCIES_NAMED = 8;

	JournalTransaction {
		lines = List.copyOf(lines);
		if (lines.size() < 2) {
			throw LedgerException.invalid("lines: %d (expected: two or more, one for each side)", lines.size());
		}
		requireBalance(lines);
	}

	JournalTransaction reversed() {
		return new JournalTransaction(this.date, "Void: " + this.description,
				this.lines.stream().map(JournalLine::reversed).toList());
	}

	private static void requireBalance(List<JournalLine> lines) {
		List<Money> remainders = CurrencySums.of(lines.stream().map(JournalLine::amount).toList()).remainders();
		if (!remainders.isEmpty()) {
			throw LedgerException.invalid("lines: off balance by %s (expected: a sum of zero in each currency)",
					remainders.stream()
						.limit(MOST_CURRENCIES_NAMED)
						.map(Money::toString)
						.collect(Collectors.joining(", ")));
		}
	}

}
