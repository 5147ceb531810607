package io.github.securegrpc.certs.devca;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

import io.github.securegrpc.material.RefusedException;

/**
 * Certificates for development.
 *
 * @param enabled Whether certificates for development fill what the configuration leaves
 * out.
 * @param directory Directory of the authority, and of ready-made certificates and keys
 * for other tools.
 * @param validity How long a leaf is valid, renewed at two thirds of that time; at least
 * a minute, seconds without a unit.
 */
@ConfigurationProperties("secure-grpc.dev-ca")
record DevCaProperties(@DefaultValue("false") boolean enabled, @DefaultValue(".secure-grpc") Path directory,
		@DefaultValue("24h") @DurationUnit(ChronoUnit.SECONDS) Duration validity) {

	// a leaf is renewed after two thirds of it, at the next look, ten seconds later
	private static final Duration SHORTEST = Duration.ofMinutes(1);

	DevCertificates certificates(Clock clock) {
		if (this.validity.compareTo(SHORTEST) < 0) {
			throw new RefusedException(
					"secure-grpc.dev-ca.validity is %s, in which no leaf is renewed in time (expected: at least %s)"
						.formatted(this.validity, SHORTEST),
					"Set secure-grpc.dev-ca.validity to a longer time with its unit, such as 24h; without one it is seconds.");
		}
		try {
			return new DevCertificates(this.directory, this.validity, clock);
		}
		catch (IllegalArgumentException ex) {
			throw new RefusedException("secure-grpc.dev-ca.%s".formatted(ex.getMessage()),
					"Set secure-grpc.dev-ca.validity to a shorter time, such as 24h.", ex);
		}
	}

}
