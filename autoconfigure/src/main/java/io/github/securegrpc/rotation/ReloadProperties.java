package io.github.securegrpc.rotation;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

import io.github.securegrpc.material.RefusedException;

/**
 * How changes of certificates are noticed.
 *
 * @param enabled Whether changed certificates are taken while the application runs.
 * @param interval Time between two looks at the sources; file events hasten it.
 * @since 0.1.0
 */
@ConfigurationProperties("secure-grpc.reload")
public record ReloadProperties(@DefaultValue("true") boolean enabled,
		@DefaultValue("10s") @DurationUnit(ChronoUnit.SECONDS) Duration interval) {

	static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

	private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

	public ReloadProperties {
		if (interval.isNegative() || interval.toMillis() == 0) {
			throw new RefusedException(
					"secure-grpc.reload.interval is %s (expected: more than zero)".formatted(interval),
					"Set a positive interval, or secure-grpc.reload.enabled=false.");
		}
	}

	/*
	 * How long a look may take before it is heard: an interval, where that is sensible.
	 */
	Duration patience() {
		Duration most = (this.interval.compareTo(MOST_PATIENCE) < 0) ? this.interval : MOST_PATIENCE;
		return (most.compareTo(LEAST_PATIENCE) < 0) ? LEAST_PATIENCE : most;
	}

}
