package io.github.securegrpc.sample.ledger;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * The dates of requests: a day, or an RFC 3339 date and time of which the day counts.
 */
final class LedgerDate {

	private LedgerDate() {
	}

	static LocalDate require(String field, String text) {
		try {
			return (text.length() > "2026-01-31".length()) ? OffsetDateTime.parse(text).toLocalDate()
					: LocalDate.parse(text);
		}
		catch (DateTimeException ex) {
			throw LedgerException.invalid("%s: \"%.60s\" (expected: 2026-01-31 or 2026-01-31T12:00:00Z)", field, text);
		}
	}

	static @Nullable LocalDate optional(String field, String text) {
		return text.isEmpty() ? null : require(field, text);
	}

}
