package io.github.securegrpc.application;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.transport.Handshake.Failed;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures that only a client can provoke that JSSE is not: openssl's, where it is.
 */
@EnabledIf("hasOpenssl")
class OpensslHandshakeResultTests {

	private static final File OPENSSL = new File("/usr/bin/openssl");

	private static final X509Bundle CA = TestCertificates.authority("ca");

	static boolean hasOpenssl() {
		return OPENSSL.canExecute();
	}

	@ParameterizedTest
	@CsvSource({ "openssl, -tls1_2 -fallback_scsv, INAPPROPRIATE_FALLBACK",
			"openssl, -tls1_3 -groups X448, KEY_EXCHANGE_FAILURE",
			"openssl, -tls1_2 -groups X448, KEY_EXCHANGE_FAILURE",
			"jdk, -tls1_2 -groups brainpoolP256r1, CIPHER_SUITE_MISMATCH" })
	void resultIsCountedUnderItsName(String provider, String options, HandshakeResult result, @TempDir Path directory)
			throws Exception {
		Application application = new Application(directory).identity("secure-grpc", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = application.start()) {
			HandshakeRecorder recorder = HandshakeRecorder.in(context);
			connect(application.port(), options);
			assertThat(recorder.next().end()).isInstanceOfSatisfying(Failed.class,
					(failed) -> assertThat(failed.result()).as(failed.detail()).isEqualTo(result));
		}
	}

	private static void connect(int port, String options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(OPENSSL.toString(), "s_client", "-connect", "127.0.0.1:" + port, "-alpn", "h2"));
		command.addAll(List.of(options.split(" ", -1)));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		process.getOutputStream().close();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
	}

}
