package io.github.securegrpc.application;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is said where another program has the port.
 */
@ExtendWith(OutputCaptureExtension.class)
class BindFailureTests {

	@Test
	void portThatIsTakenIsNamedWithWhatToDo(@TempDir Path directory, CapturedOutput output) throws Exception {
		X509Bundle authority = TestCertificates.authority("ca");
		try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Application application = new Application(directory)
				.identity("secure-grpc.server", TestCertificates.server(authority))
				.set("grpc.server.port", taken.getLocalPort());
			assertThatThrownBy(application::start).isNotNull();
			assertThat(output).contains("APPLICATION FAILED TO START")
				.contains("The gRPC server cannot listen at 127.0.0.1:%d: ".formatted(taken.getLocalPort()))
				.containsIgnoringCase("address already in use")
				.contains("spring.grpc.server.port");
		}
	}

}
