package io.github.securegrpc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A clock that moves when it is told to. It starts at the present, because JSSE and
 * openssl know no other time.
 */
public final class MutableClock extends Clock {

	private volatile Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS);

	public void advance(Duration time) {
		this.now = this.now.plus(time);
	}

	@Override
	public Instant instant() {
		return this.now;
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
