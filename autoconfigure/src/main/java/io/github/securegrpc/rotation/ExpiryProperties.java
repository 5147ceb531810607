package io.github.securegrpc.rotation;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

import io.github.securegrpc.material.ExpiryWindow;
import io.github.securegrpc.material.RefusedException;

/**
 * When the end of a certificate is announced.
 *
 * @param warnBefore Time before a certificate's expiry at which warnings begin, days
 * without a unit; a third of its lifetime when unset.
 * @param status Health status of material that is expiring.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.expiry")
public record ExpiryProperties(@DurationUnit(ChronoUnit.DAYS) @Nullable Duration warnBefore,
		@DefaultValue("UP") String status) {

	private static final Duration SHORTEST = Duration.ofMinutes(1);

	private static final Duration LONGEST = Duration.ofDays(3650);

	public ExpiryProperties {
		boolean isMeant = warnBefore == null || warnBefore.isZero()
				|| (warnBefore.compareTo(SHORTEST) >= 0 && warnBefore.compareTo(LONGEST) <= 0);
		if (!isMeant) {
			throw new RefusedException(
					"secure-grpc.expiry.warn-before is %s (expected: a time before the expiry, from a minute to ten years)"
						.formatted(warnBefore),
					"Set a number of days, such as 14d, or leave it out: a third of the lifetime.");
		}
	}

	/**
	 * Returns the window in which a certificate counts as expiring.
	 * @return the window
	 */
	public ExpiryWindow window() {
		return new ExpiryWindow(this.warnBefore);
	}

}
