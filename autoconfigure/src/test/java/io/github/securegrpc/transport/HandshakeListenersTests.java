package io.github.securegrpc.transport;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a listener may break.
 */
@ExtendWith(OutputCaptureExtension.class)
class HandshakeListenersTests {

	private static final Handshake HANDSHAKE = new Handshake(null, null, 1,
			new Handshake.Failed(HandshakeResult.UNKNOWN_FAILURE, ""));

	@Test
	void listenerThatFailsIsLoggedOnceAndTheNextOneIsTold(CapturedOutput output) {
		List<Handshake> told = new ArrayList<>();
		HandshakeListener throwing = new Throwing();
		HandshakeListeners listeners = new HandshakeListeners(
				() -> List.of(throwing, (ImmediateHandshakeListener) told::add), new OwnConnections());
		listeners.completed(HANDSHAKE);
		listeners.completed(HANDSHAKE);
		assertThat(told).hasSize(2);
		Awaitility.await().untilAsserted(() -> assertThat(output.getOut()).containsOnlyOnce("Throwing failed"));
	}

	@Test
	void callsGoOnThoughAListenerFails(@TempDir Path directory) {
		X509Bundle authority = TestCertificates.authority("ca");
		try (ConfigurableApplicationContext context = new Application(directory).channel("it")
			.identity("secure-grpc.server", TestCertificates.server(authority))
			.ca("secure-grpc.client", authority)
			.with(Throwing.class)
			.start()) {
			TestApplication.call(context, "it");
		}
	}

	static class Throwing implements HandshakeListener {

		@Override
		public void completed(Handshake handshake) {
			throw new AssertionError("a listener's own fault");
		}

	}

}
