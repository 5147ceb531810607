package io.github.securegrpc.certs.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When something expires: after a time, as certstrap says it or in ISO-8601, or at a
 * date. A day ends when it ends in UTC.
 *
 * @param end from the present to the end
 */
record Expiry(UnaryOperator<Instant> end) {

	private static final Pattern WORDS = Pattern.compile("(\\s*\\d{1,6}\\s*[a-z]+\\s*,?)+");

	private static final Pattern WORD = Pattern.compile("(\\d+)\\s*([a-z]+)");

	static Expiry parse(String text) {
		String value = text.strip();
		try {
			if (value.startsWith("P") || value.startsWith("p")) {
				return iso(value);
			}
			if (value.contains("T")) {
				Instant instant = OffsetDateTime.parse(value).toInstant();
				return new Expiry((now) -> instant);
			}
			if (value.contains("-")) {
				Instant endOfDay = LocalDate.parse(value).atTime(LocalTime.of(23, 59, 59)).toInstant(ZoneOffset.UTC);
				return new Expiry((now) -> endOfDay);
			}
			return words(value.toLowerCase(Locale.ROOT));
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw refused(text);
		}
	}

	Duration after(Instant now) {
		try {
			Duration length = Duration.between(now, this.end.apply(now));
			if (length.isZero() || length.isNegative()) {
				throw new IllegalArgumentException("--expires: %s (expected: a moment after now, which is %s)"
					.formatted(this.end.apply(now), now));
			}
			return length;
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException("--expires: too far away (expected: a hundred years at most)");
		}
	}

	private static Expiry iso(String value) {
		int time = value.toUpperCase(Locale.ROOT).indexOf('T');
		Period days = (time == 1) ? Period.ZERO : Period.parse((time < 0) ? value : value.substring(0, time));
		Duration hours = (time < 0) ? Duration.ZERO : Duration.parse("P" + value.substring(time));
		return new Expiry((now) -> inUtc(now).plus(days).plus(hours).toInstant());
	}

	private static Expiry words(String value) {
		if (!WORDS.matcher(value).matches()) {
			throw refused(value);
		}
		UnaryOperator<ZonedDateTime> end = UnaryOperator.identity();
		for (Matcher word = WORD.matcher(value); word.find();) {
			UnaryOperator<ZonedDateTime> before = end;
			long count = Long.parseLong(word.group(1));
			UnaryOperator<ZonedDateTime> added = unit(word.group(2), count, value);
			end = (start) -> added.apply(before.apply(start));
		}
		UnaryOperator<ZonedDateTime> sum = end;
		return new Expiry((now) -> sum.apply(inUtc(now)).toInstant());
	}

	private static UnaryOperator<ZonedDateTime> unit(String unit, long count, String value) {
		return switch (unit) {
			case "y", "year", "years" -> (start) -> start.plusYears(count);
			case "month", "months" -> (start) -> start.plusMonths(count);
			case "w", "week", "weeks" -> (start) -> start.plusWeeks(count);
			case "d", "day", "days" -> (start) -> start.plusDays(count);
			case "h", "hour", "hours" -> (start) -> start.plusHours(count);
			case "m", "minute", "minutes" -> (start) -> start.plusMinutes(count);
			case "s", "second", "seconds" -> (start) -> start.plusSeconds(count);
			default -> throw refused(value);
		};
	}

	private static ZonedDateTime inUtc(Instant now) {
		return now.atZone(ZoneOffset.UTC);
	}

	private static TypeConversionException refused(String text) {
		return new TypeConversionException(
				"%s (expected: a time such as 90d, 20 years or P1Y, or a date such as 2027-12-31)".formatted(text));
	}

	/**
	 * Lets picocli read an option.
	 */
	static final class Converter implements ITypeConverter<Expiry> {

		@Override
		public Expiry convert(String value) {
			return parse(value);
		}

	}

}
