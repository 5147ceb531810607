package io.github.securegrpc.certs.cli;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Expiry}.
 */
class ExpiryTests {

	private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

	@ParameterizedTest
	@CsvSource({ "90d, 2026-05-01T10:00:00Z", "90 days, 2026-05-01T10:00:00Z", "1 day, 2026-02-01T10:00:00Z",
			"20 years, 2046-01-31T10:00:00Z", "20years, 2046-01-31T10:00:00Z", "1 month, 2026-02-28T10:00:00Z",
			"2w, 2026-02-14T10:00:00Z", "12h, 2026-01-31T22:00:00Z", "30m, 2026-01-31T10:30:00Z",
			"1 Year 2 Months 3 Days, 2027-04-03T10:00:00Z", "P1Y, 2027-01-31T10:00:00Z", "P90D, 2026-05-01T10:00:00Z",
			"PT36H, 2026-02-01T22:00:00Z", "P1DT12H, 2026-02-01T22:00:00Z", "p2w, 2026-02-14T10:00:00Z",
			"2027-12-31, 2027-12-31T23:59:59Z", "2027-12-31T12:00:00Z, 2027-12-31T12:00:00Z",
			"2027-12-31T12:00:00+02:00, 2027-12-31T10:00:00Z" })
	void timeOrDateIsRead(String text, Instant end) {
		assertThat(NOW.plus(Expiry.parse(text).after(NOW))).isEqualTo(end);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "90", "d", "90x", "-5d", "soon", "P", "PT", "P1X", "2027-13-01", "2027-02-30", "1.5d",
			"1d 2", "99999999999999 days", "P99999999999Y", "2027-12-31T", "T", "9999999d" })
	void anythingElseIsNotUnderstood(String text) {
		assertThatExceptionOfType(TypeConversionException.class).isThrownBy(() -> Expiry.parse(text))
			.withMessageContaining("(expected: a time such as 90d, 20 years or P1Y, or a date such as 2027-12-31)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "2020-01-01", "0d", "P0D", "P-1D", "2026-01-31T10:00:00Z" })
	void momentThatIsNotToComeIsRefused(String text) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Expiry.parse(text).after(NOW))
			.withMessageContaining("--expires: ")
			.withMessageContaining("(expected: a moment after now");
	}

	@Test
	void momentBeyondAllCalendarsIsRefused() {
		Expiry expiry = Expiry.parse("P999999999Y");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> expiry.after(NOW));
		assertThat(Expiry.parse("100 years").after(NOW)).isLessThan(Duration.ofDays(36526));
	}

}
