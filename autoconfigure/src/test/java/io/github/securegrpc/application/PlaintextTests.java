package io.github.securegrpc.application;

import java.nio.file.Path;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Plaintext is a word the user must write; where it is written, it works.
 */
@ExtendWith(OutputCaptureExtension.class)
class PlaintextTests {

	@Test
	void loopbackSpeaksPlaintextBothWays(@TempDir Path directory, CapturedOutput output) {
		Application application = new Application(directory).channel("it")
			.set("logging.level.io.github.securegrpc", "info")
			.set("secure-grpc.server.plaintext", "loopback")
			.set("secure-grpc.client.plaintext", "loopback");
		try (ConfigurableApplicationContext context = application.start()) {
			TestApplication.call(context, "it");
			assertThat(output).contains("Secure gRPC server: PLAINTEXT (secure-grpc.server.plaintext is loopback)")
				.contains("Secure gRPC channel it: PLAINTEXT (plaintext is loopback)")
				.doesNotContain("anyone on the path");
		}
	}

	@Test
	void unixDomainSocketCountsAsLoopback(@TempDir Path directory) {
		Path socket = directory.resolve("grpc.sock");
		Application application = new Application(directory).set("grpc.server.address", "unix:" + socket)
			.set("grpc.client.it.address", "unix:" + socket)
			.set("secure-grpc.server.plaintext", "loopback")
			.set("secure-grpc.client.plaintext", "loopback");
		try (ConfigurableApplicationContext context = application.start()) {
			TestApplication.call(context, "it");
		}
	}

	@Test
	void anywhereIsWarnedAboutOnServerAndChannel(@TempDir Path directory, CapturedOutput output) {
		Application application = new Application(directory).channel("it")
			.set("grpc.server.address", "127.0.0.1")
			.set("secure-grpc.server.plaintext", "anywhere")
			.set("secure-grpc.client.channels.it.plaintext", "anywhere");
		try (ConfigurableApplicationContext context = application.start()) {
			TestApplication.call(context, "it");
			assertThat(output).contains(
					"The gRPC server speaks plaintext on 127.0.0.1: anyone on the path can read and change every call")
				.contains("The channel it speaks plaintext with static://localhost:");
		}
	}

	@Test
	void oneChannelMaySpeakPlaintextBesideOthersThatDoNot(@TempDir Path directory) {
		X509Bundle authority = TestCertificates.authority("ca");
		Application application = new Application(directory).channel("it")
			.identity("secure-grpc.server", TestCertificates.server(authority))
			.ca("secure-grpc.client", authority)
			.channel("plain")
			.set("secure-grpc.client.channels.plain.plaintext", "loopback");
		try (ConfigurableApplicationContext context = application.start()) {
			TestApplication.call(context, "it");
			assertThatThrownBy(() -> TestApplication.call(context, "plain")).as("the server speaks TLS only")
				.hasMessageContaining("UNAVAILABLE");
		}
	}

}
