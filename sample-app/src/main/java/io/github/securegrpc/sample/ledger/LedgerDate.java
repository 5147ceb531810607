package io.github.securegrpc.sample.ledger;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * The dates of requests: a day, or an RFC 3339 date and time of which the day counts.
 */
final class LedgerDate {

	private static final int LAST_YEAR = 9999;

	private LedgerDate() {
	}

	static LocalDate require(String field, String text) {
		try {
			LocalDate date = (text.length() > "2026-01-31".length()) ? OffsetDateTime.parse(text).toLocalDate()
					: LocalDate.parse(text);
			if (date.getYear() < 1 || date.getYear() > LAST_YEAR) {
				throw new DateTimeException("a year of more or fewer than four digits");
			}
			return date;
		}
		catch (DateTimeException ex) {
			throw LedgerException.invalid("%s: \"%.60s\" (expected: 2026-01-31 or 2026-01-31T12:00:00Z)", field, text);
		}
	}

	static @Nullable LocalDate optional(String field, String text) {
		return text.isEmpty() ? null : require(field, text);
	}

}
