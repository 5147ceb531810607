package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;

import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.OpenConnections;

/**
 * A peer that was revoked and takes no answer, not even that its call is over.
 */
class PeerGraceTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void connectionEndsTenSecondsAfterItsCallsThoughThePeerTakesNothing(String provider, @TempDir Path directory)
			throws Exception {
		X509Bundle client = TestCertificates.client(CA);
		Application application = new Application(directory).with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.crl("secure-grpc.server", TestCrl.of(CA))
			.set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = application.start();
				UnboundedPeer peer = UnboundedPeer.takingNothing(application.port(), client)) {
			peer.open("test.Chatter/Chat");
			peer.drain();
			application.crl("secure-grpc.server", TestCrl.of(CA).revoke(client));
			context.getBean(RotatingMaterials.class).tick();
			Awaitility.await()
				.atLeast(Duration.ofSeconds(9))
				.atMost(Duration.ofSeconds(20))
				.until(() -> context.getBean(OpenConnections.class).count() == 0);
			Awaitility.await().until(context.getBean(Chatter.class)::isCancelled);
		}
	}

}
