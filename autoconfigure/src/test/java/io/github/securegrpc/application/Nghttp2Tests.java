package io.github.securegrpc.application;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The clients of nghttp2 against a server with the limits that are on by default, where
 * they are: h2load, and nghttp, which unlike h2load can present a certificate.
 */
@Timeout(90)
@EnabledIf("hasNghttp2")
@ExtendWith(OutputCaptureExtension.class)
class Nghttp2Tests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private final Application application;

	private final Path body;

	Nghttp2Tests(@TempDir Path directory) throws Exception {
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.with(CountedCalls.class)
			.with(WhoCalls.class);
		this.body = Files.write(directory.resolve("body"), new byte[5]);
	}

	static boolean hasNghttp2() {
		return Stream.of("h2load", "nghttp").allMatch(Program::isThere);
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void everyRequestSucceedsAndNoMoreThanAHundredAreOpen(String provider) throws Exception {
		this.application.set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = this.application.start()) {
			Program.Answer answer = ask("h2load", CountedCalls.METHOD, "-n", "3000", "-c", "1", "-m", "150");
			assertThat(answer.exitCode()).as(answer.output()).isZero();
			assertThat(answer.output()).contains("TLS Protocol: TLSv1.3", "Application protocol: h2",
					"3000 succeeded, 0 failed, 0 errored, 0 timeout", "status codes: 3000 2xx");
			CountedCalls calls = context.getBean(CountedCalls.class);
			assertThat(calls.served()).isEqualTo(3_000);
			assertThat(calls.most()).isEqualTo(100);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void clientWithoutCertificateIsNotServed(String provider, CapturedOutput output) throws Exception {
		this.application.ca("secure-grpc.server", CA).set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(ask("nghttp", "test.Who/Anyone", "-v").output()).contains("The negotiated protocol: h2")
				.doesNotContain("grpc-status");
			assertThat(ask("h2load", "test.Who/Anyone", "-n", "100", "-m", "100").output()).contains("0 succeeded");
			assertThat(context.getBean(WhoCalls.class).served()).isZero();
			assertThat(output).contains("CERTIFICATE_VERIFICATION_FAILED: the client presented no certificate");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void clientWithCertificateIsServed(String provider) throws Exception {
		X509Bundle client = TestCertificates.client(CA);
		this.application.ca("secure-grpc.server", CA).set("secure-grpc.provider", provider);
		try (ConfigurableApplicationContext context = this.application.start()) {
			Program.Answer answer = ask("nghttp", "test.Who/Anyone", "-v", "-m", "100",
					"--cert=" + this.application.file("client.crt", TestCertificates.pem(client.getCertificatePath())),
					"--key=" + this.application.file("client.key",
							TestCertificates.pem(client.getKeyPair().getPrivate())));
			assertThat(answer.output().lines().filter((line) -> line.contains("grpc-status: 0"))).hasSize(100);
			assertThat(answer.output()).contains("dns:client");
			assertThat(context.getBean(WhoCalls.class).served()).isEqualTo(100);
		}
	}

	private Program.Answer ask(String program, String method, String... options) throws Exception {
		List<String> request = List.of("-H", "content-type: application/grpc", "-H", "te: trailers", "-d",
				this.body.toString(), "https://127.0.0.1:" + this.application.port() + "/" + method);
		return Program.of(program).run(Stream.concat(Arrays.stream(options), request.stream()).toArray(String[]::new));
	}

}
