package io.github.securegrpc.application;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Both ends rotate while sixteen callers call: nothing fails, nothing breaks, and each
 * rotation takes effect at once, for resumed sessions too; only the streams on the
 * connections of a CA that left are ended, and said to be. {@code -Drotations=1000} for
 * the whole exercise.
 */
class RotationUnderLoadTests {

	private static final int ROTATIONS = Integer.getInteger("rotations", 40) / 4;

	@ParameterizedTest
	@CsvSource({ "openssl, TLSv1.3, SHADED", "openssl, TLSv1.2, UNSHADED", "jdk, TLSv1.3, UNSHADED",
			"jdk, TLSv1.2, SHADED" })
	void nothingFailsAndEveryRotationTakesEffect(String provider, String protocol, TestNetty netty,
			@TempDir Path directory) throws Exception {
		RollingPki pki = new RollingPki(directory);
		try (ConfigurableApplicationContext context = start(pki, provider, protocol, netty)) {
			RotatingMaterials materials = context.getBean(RotatingMaterials.class);
			Set<String> seen = context.getBean(SeenPeers.class).serials;
			try (Callers callers = new Callers(TestApplication.channel(context, "ledger"))) {
				callers.awaitProgress();
				int leavingAuthorities = 0;
				for (int i = 0; i < ROTATIONS; i++) {
					TlsProbe before = new TlsProbe(pki.leaving());
					before.connect(TestApplication.port(context));
					boolean caLeft = pki.rotate();
					leavingAuthorities += caLeft ? 1 : 0;
					materials.tick();
					assertTakesEffect(context, pki, before, caLeft);
					Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains(serial(pki.client())));
					callers.awaitProgress();
				}
				callers.stop();
				assertThat(callers.failures()).isEmpty();
				assertThat(callers.brokenStreams()).isZero();
				assertThat(callers.outlivedStreams()).as("streams of a CA that left")
					.isBetween(4, 8 * leavingAuthorities);
				System.out.printf("%s %s %s: %d rotations of both ends, %d calls, %d messages on streams, none lost%n",
						provider, protocol, netty, ROTATIONS, callers.calls(), callers.messages());
			}
		}
	}

	private static void assertTakesEffect(ConfigurableApplicationContext context, RollingPki pki, TlsProbe before,
			boolean caLeft) throws Exception {
		int port = TestApplication.port(context);
		X509Certificate now = pki.server().getCertificate();
		assertThat(new TlsProbe(pki.client()).connect(port)).as("a new connection").isEqualTo(now);
		if (caLeft) {
			assertThatExceptionOfType(SSLException.class).as("a ticket of a client whose CA was removed")
				.isThrownBy(() -> before.connect(port));
		}
		else {
			assertThat(before.connect(port)).as("a client with a ticket of before").isEqualTo(now);
		}
	}

	private static String serial(X509Bundle bundle) {
		return bundle.getCertificate().getSerialNumber().toString(16);
	}

	private static ConfigurableApplicationContext start(RollingPki pki, String provider, String protocol,
			TestNetty netty) {
		int port = TestSocketUtils.findAvailableTcpPort();
		return TestApplication.start(netty.loader(), List.of(TestApplication.class, SeenPeers.class),
				"grpc.server.port=" + port, "logging.level.root=error",
				"grpc.client.ledger.address=static://localhost:" + port, "secure-grpc.reload.enabled=false",
				"secure-grpc.provider=" + provider, "secure-grpc.server.protocols=" + protocol,
				"secure-grpc.server.cert=" + pki.file("server.crt"), "secure-grpc.server.key=" + pki.file("server.key"),
				"secure-grpc.server.ca=" + pki.file("ca.crt"), "secure-grpc.client.cert=" + pki.file("client.crt"),
				"secure-grpc.client.key=" + pki.file("client.key"), "secure-grpc.client.ca=" + pki.file("ca.crt"));
	}

	/** Remembers which certificates called. */
	@GlobalInterceptor
	static class SeenPeers implements ServerInterceptor {

		private final Set<String> serials = ConcurrentHashMap.newKeySet();

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			try {
				SSLSession session = Objects.requireNonNull(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
				X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
				this.serials.add(leaf.getSerialNumber().toString(16));
			}
			catch (SSLPeerUnverifiedException ex) {
				throw new IllegalStateException(ex);
			}
			return next.startCall(call, headers);
		}

	}

}
