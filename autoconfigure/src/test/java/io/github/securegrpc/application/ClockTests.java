package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.CertificateBuilder.ExtendedKeyUsage;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.MovingTime;
import io.github.securegrpc.MutableClock;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.SecurityClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Security goes by a clock of its own, whatever clocks an application has.
 */
class ClockTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA));
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void fixedClockOfTheApplicationKeepsNoPeerWelcomeBeyondItsExpiry(String provider) {
		X509Bundle brief = client(Instant.now().plus(Duration.ofSeconds(6)));
		this.application.ca("secure-grpc.server", CA).set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = this.application.with(Fixed.class).start();
				Peer peer = new Peer(this.application.port(), brief)) {
			assertThat(context.isActive()).isTrue();
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.SERVING);
			await().atMost(Duration.ofSeconds(12))
				.untilAsserted(() -> assertThatExceptionOfType(StatusRuntimeException.class)
					.isThrownBy(() -> TestApplication.check(peer.channel())));
			try (Peer again = new Peer(this.application.port(), brief)) {
				assertThatExceptionOfType(StatusRuntimeException.class)
					.isThrownBy(() -> TestApplication.check(again.channel()));
			}
		}
	}

	@Test
	void clockOfTheApplicationIsItsOwn() {
		try (ConfigurableApplicationContext context = this.application.with(Fixed.class).start()) {
			assertThat(context.getBean(Clock.class)).isNotEqualTo(Clock.systemUTC());
			assertThat(context.getBean(SecurityClock.NAME, Clock.class)).isEqualTo(Clock.systemUTC());
		}
	}

	@Test
	void healthOfTheServerEndsWithItsLeafByTheSecurityClock() {
		try (ConfigurableApplicationContext context = this.application.with(MovingTime.class).start();
				Peer peer = new Peer(this.application.port(), null)) {
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.SERVING);
			context.getBean(MutableClock.class).advance(Duration.ofDays(2));
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.NOT_SERVING);
		}
	}

	private static X509Bundle client(Instant notAfter) {
		return TestCertificates.issue((leaf) -> leaf.subject("CN=client")
			.notBefore(Instant.now().minus(Duration.ofDays(2)))
			.notAfter(notAfter)
			.addExtendedKeyUsage(ExtendedKeyUsage.PKIX_KP_CLIENT_AUTH), CA);
	}

	@Configuration(proxyBeanMethods = false)
	static class Fixed {

		@Bean
		Clock time() {
			return Clock.fixed(Instant.now().minus(Duration.ofMinutes(5)), ZoneOffset.UTC);
		}

	}

}
