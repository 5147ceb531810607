package io.github.securegrpc.server;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import io.github.securegrpc.rotation.ExpiryProperties;
import io.github.securegrpc.rotation.ReloadProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a number without a unit means: what it means to net.devh and Boot's own gRPC, and
 * days where nobody counts in seconds.
 */
class DurationUnitTests {

	@Test
	void timesOfTheServerAndOfLooksAreSeconds() {
		ServerProperties server = bind("secure-grpc.server", ServerProperties.class,
				Map.of("secure-grpc.server.handshake-timeout", "5", "secure-grpc.server.max-connection-age", "60",
						"secure-grpc.server.limits.resets-window", "30"));
		assertThat(server.handshakeTimeout()).isEqualTo(Duration.ofSeconds(5));
		assertThat(server.maxConnectionAge()).isEqualTo(Duration.ofMinutes(1));
		assertThat(server.limits().resetsWindow()).isEqualTo(Duration.ofSeconds(30));
		assertThat(bind("secure-grpc.reload", ReloadProperties.class, Map.of("secure-grpc.reload.interval", "10"))
			.interval()).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void warningsBeginDaysBefore() {
		ExpiryProperties expiry = bind("secure-grpc.expiry", ExpiryProperties.class,
				Map.of("secure-grpc.expiry.warn-before", "14"));
		assertThat(expiry.warnBefore()).isEqualTo(Duration.ofDays(14));
	}

	private static <T> T bind(String prefix, Class<T> type, Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bind(prefix, type).get();
	}

}
