package io.github.securegrpc.certs;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * From when until when a certificate is valid, in the whole seconds that X.509 knows.
 *
 * @param notBefore the first moment
 * @param notAfter the last moment
 */
record ValidityPeriod(Instant notBefore, Instant notAfter) {

	private static final Duration LONGEST = Duration.ofDays(36525);

	private static final Duration SKEW = Duration.ofMinutes(5);

	/**
	 * Starts a little in the past, for peers whose clock is behind: five minutes, or a
	 * tenth of a short validity so that its first two thirds do not lie in the past.
	 */
	static ValidityPeriod starting(Clock clock, Duration length) {
		Instant now = clock.instant();
		Duration tenth = length.dividedBy(10);
		Instant notBefore = now.minus((tenth.compareTo(SKEW) < 0) ? tenth : SKEW);
		return new ValidityPeriod(notBefore.truncatedTo(ChronoUnit.SECONDS),
				now.plus(length).truncatedTo(ChronoUnit.SECONDS));
	}

	/**
	 * Returns the length that {@link #starting} was given for a certificate.
	 */
	static Duration lengthOf(X509Certificate certificate) {
		Duration all = Duration.between(certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
		Duration start = all.dividedBy(11);
		Duration length = all.minus((start.compareTo(SKEW) < 0) ? start : SKEW);
		return (length.compareTo(LONGEST) > 0) ? LONGEST : length;
	}

	ValidityPeriod within(X509Certificate issuer) {
		Instant earliest = issuer.getNotBefore().toInstant();
		Instant latest = issuer.getNotAfter().toInstant();
		return new ValidityPeriod(this.notBefore.isBefore(earliest) ? earliest : this.notBefore,
				this.notAfter.isAfter(latest) ? latest : this.notAfter);
	}

	static Duration checked(Duration length) {
		if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					"validity: %s (expected: from one second to a hundred years)".formatted(length));
		}
		return length;
	}

}
