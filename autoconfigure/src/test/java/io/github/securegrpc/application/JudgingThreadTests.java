package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.SecurityClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On which threads peers are judged: one that takes long holds up no other connection.
 */
class JudgingThreadTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void clientsAreJudgedOffTheEventLoop(String provider) {
		Application application = new Application(this.directory).with(Witness.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.provider", provider)
			.set("secure-grpc.truth-check.enabled", false);
		try (ConfigurableApplicationContext context = application.start();
				Peer peer = new Peer(application.port(), TestCertificates.client(CA))) {
			assertThat(TestApplication.check(peer.channel())).isEqualTo(ServingStatus.SERVING);
			assertThat(context.getBean(WitnessClock.class).judges).isNotEmpty()
				.allMatch((thread) -> thread.startsWith("secure-grpc-handshake-"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Witness {

		@Bean(name = SecurityClock.NAME, defaultCandidate = false)
		WitnessClock time() {
			return new WitnessClock();
		}

	}

	/**
	 * Sees who looks at it while a client is judged; not when the one of a session that
	 * was accepted before is looked up again.
	 */
	static final class WitnessClock extends Clock {

		private final Set<String> judges = ConcurrentHashMap.newKeySet();

		@Override
		public Instant instant() {
			List<String> methods = StackWalker.getInstance()
				.walk((frames) -> frames.map(StackWalker.StackFrame::getMethodName).toList());
			if (methods.contains("checkClientTrusted") && !methods.contains("objection")) {
				this.judges.add(Thread.currentThread().getName());
			}
			return Clock.systemUTC().instant();
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

}
