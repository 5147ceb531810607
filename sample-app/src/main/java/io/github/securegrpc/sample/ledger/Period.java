package io.github.securegrpc.sample.ledger;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * The days that a report covers, both ends included.
 *
 * @param first the first day, or {@code null} for no beginning
 * @param last the last day, or {@code null} for no end
 */
record Period(@Nullable LocalDate first, @Nullable LocalDate last) {

	Period {
		if (first != null && last != null && first.isAfter(last)) {
			throw LedgerException.invalid("startdate: %s (expected: no later than the date %s)", first, last);
		}
	}

	static Period until(@Nullable LocalDate last) {
		return new Period(null, last);
	}

	boolean includes(LocalDate date) {
		return (this.first == null || !date.isBefore(this.first)) && (this.last == null || !date.isAfter(this.last));
	}

}
