package io.github.securegrpc.sample.observe;

import java.time.Duration;
import java.time.Instant;

import io.github.securegrpc.actuate.CertificatesReport;
import io.github.securegrpc.material.ExpiryWindow;

/**
 * One certificate on its time line, from its not before to its not after. Positions are
 * per cent of its lifetime.
 *
 * @param part what it is in its chain
 * @param certificate the certificate
 * @param warnsFrom when it counts as expiring
 * @param warning position of that
 * @param now position of the present
 * @param left the time until it expires, in words
 */
public record TimeLine(String part, CertificatesReport.Certificate certificate, Instant warnsFrom, double warning,
		double now, String left) {

	private static final double WHOLE = 100;

	static TimeLine of(String part, CertificatesReport.Certificate certificate, ExpiryWindow window, Instant now) {
		Instant warnsFrom = window.warnsFrom(certificate.notBefore(), certificate.notAfter());
		return new TimeLine(part, certificate, warnsFrom, position(certificate, warnsFrom), position(certificate, now),
				words(Duration.between(now, certificate.notAfter())));
	}

	/**
	 * Returns the state as a class of the page's style sheet.
	 * @return the state in lower case, with hyphens
	 */
	public String style() {
		return this.certificate.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

	private static double position(CertificatesReport.Certificate certificate, Instant moment) {
		double life = Math.max(1, Duration.between(certificate.notBefore(), certificate.notAfter()).toSeconds());
		double age = Duration.between(certificate.notBefore(), moment).toSeconds();
		return Math.round(Math.min(WHOLE, Math.max(0, WHOLE * age / life)) * WHOLE) / WHOLE;
	}

	private static String words(Duration left) {
		if (left.isNegative()) {
			return "expired " + amount(left.negated()) + " ago";
		}
		return amount(left) + " left";
	}

	private static String amount(Duration time) {
		if (time.toDays() >= 2) {
			return time.toDays() + " days";
		}
		return (time.toHours() >= 1) ? "%d h %d min".formatted(time.toHours(), time.toMinutesPart())
				: "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart());
	}

}
