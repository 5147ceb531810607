package io.github.securegrpc.certs.cli.report;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.Validity;

/**
 * How much of a certificate's life is over, as a bar and in words.
 *
 * @since 0.1.0
 */
public final class ValidityBar {

	private static final int WIDTH = 20;

	private ValidityBar() {
	}

	static String of(X509Certificate certificate, Instant now) {
		Instant start = certificate.getNotBefore().toInstant();
		Instant end = certificate.getNotAfter().toInstant();
		double all = Math.max(1, Duration.between(start, end).toSeconds());
		double over = Math.min(1, Math.max(0, Duration.between(start, now).toSeconds() / all));
		int filled = (int) Math.round(over * WIDTH);
		String bar = "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "]";
		return bar + " " + words(certificate, now);
	}

	/**
	 * Says how much of a certificate's life is left.
	 * @param certificate the certificate
	 * @param now the moment
	 * @return the words, without the bar
	 */
	public static String words(X509Certificate certificate, Instant now) {
		Instant start = certificate.getNotBefore().toInstant();
		Instant end = certificate.getNotAfter().toInstant();
		Validity validity = new ExpiryWindow(null).validity(certificate, now);
		return switch (validity) {
			case VALID -> time(Duration.between(now, end)) + " left";
			case EXPIRING -> time(Duration.between(now, end)) + " left: renew it";
			case EXPIRED -> "expired " + time(Duration.between(end, now)) + " ago";
			case NOT_YET_VALID -> "not valid for another " + time(Duration.between(now, start));
		};
	}

	/**
	 * Says how long something takes.
	 * @param from its beginning
	 * @param to its end
	 * @return days, hours or minutes
	 */
	public static String time(Instant from, Instant to) {
		return time(Duration.between(from, to));
	}

	private static String time(Duration duration) {
		if (duration.toHours() >= 36) {
			return "%d days".formatted(Math.round(duration.toHours() / 24.0));
		}
		return (duration.toHours() > 1) ? duration.toHours() + " hours" : duration.toMinutes() + " minutes";
	}

}
