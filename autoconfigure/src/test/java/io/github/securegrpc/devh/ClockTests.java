package io.github.securegrpc.devh;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that have clocks, and what the server says of its health by them.
 */
class ClockTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA));
	}

	@Test
	void healthOfTheServerEndsWithItsLeafByTheClockOfTheApplication() {
		try (ConfigurableApplicationContext context = this.application.with(One.class).start();
				Peer peer = new Peer(this.application.port(), null)) {
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.SERVING);
			context.getBean(MutableClock.class).advance(Duration.ofDays(2));
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.NOT_SERVING);
		}
	}

	@Test
	void applicationWithTwoClocksGoesByTheSystems() {
		try (ConfigurableApplicationContext context = this.application.with(One.class).with(Other.class).start();
				Peer peer = new Peer(this.application.port(), null)) {
			context.getBean(MutableClock.class).advance(Duration.ofDays(2));
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.SERVING);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class One {

		@Bean
		MutableClock moving() {
			return new MutableClock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Other {

		@Bean
		Clock localTime() {
			return Clock.system(ZoneId.of("Europe/Paris"));
		}

	}

}
