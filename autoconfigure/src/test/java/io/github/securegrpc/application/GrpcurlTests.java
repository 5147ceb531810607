package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Go's gRPC and TLS against a server with mutual TLS, where there is a grpcurl. Where
 * there is none nothing is skipped, since only Go can install it.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try")
class GrpcurlTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	/* Of the same name, since Go presents nothing to a server that asks for others. */
	private static final X509Bundle OTHER_CA = TestCertificates.authority("ca");

	private final Path directory;

	private final Application application;

	GrpcurlTests(@TempDir Path directory) {
		this.directory = directory;
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA);
		write("ca", CA);
		write("other", OTHER_CA);
		write("client", TestCertificates.client(CA));
		write("stranger", TestCertificates.client(OTHER_CA));
	}

	static Stream<Arguments> cells() {
		return Stream.of(TestNetty.values())
			.filter((netty) -> Program.isThere("grpcurl"))
			.flatMap((netty) -> Stream.of(Arguments.of(netty, "openssl"), Arguments.of(netty, "jdk")));
	}

	/* After TLS 1.3's handshake grpcurl says nothing but that it waited in vain. */
	static Stream<Arguments> refusals() {
		return cells().map(Arguments::get)
			.flatMap((cell) -> Stream.of(Arguments.of(cell[0], cell[1], "TLSv1.2", "remote error: tls: "),
					Arguments.of(cell[0], cell[1], "TLSv1.3", "deadline exceeded")));
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("refusals")
	void clientWithoutCertificateIsRefused(TestNetty netty, String provider, String protocol, String reason,
			CapturedOutput output) throws Exception {
		this.application.set("secure-grpc.server.protocols", protocol);
		try (ConfigurableApplicationContext context = start(netty, provider)) {
			assertRefused(reason, health("-cacert", file("ca.crt")));
			assertThat(output).contains("CERTIFICATE_VERIFICATION_FAILED: the client presented no certificate");
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("refusals")
	void clientOfAnAuthorityOfTheSameNameIsRefused(TestNetty netty, String provider, String protocol, String reason,
			CapturedOutput output) throws Exception {
		this.application.set("secure-grpc.server.protocols", protocol);
		try (ConfigurableApplicationContext context = start(netty, provider)) {
			assertRefused(reason, health(mutual("stranger")));
			assertThat(output).contains("CERTIFICATE_AUTHORITY_INVALID: the certificate of dns:client")
				.contains("one has that name, but did not sign it");
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("cells")
	void clientRefusesServerOfAnotherAuthorityAndName(TestNetty netty, String provider, CapturedOutput output)
			throws Exception {
		try (ConfigurableApplicationContext context = start(netty, provider)) {
			String[] foreign = mutual("client");
			foreign[1] = file("other.crt");
			assertRefused("certificate signed by unknown authority", health(foreign));
			String[] name = Stream.concat(Stream.of("-servername", "ledger.internal"), Arrays.stream(mutual("client")))
				.toArray(String[]::new);
			assertRefused("certificate is valid for localhost, not ledger.internal", health(name));
			assertThat(output).contains("CERTIFICATE_VERIFICATION_FAILED: the peer refused: ");
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("cells")
	void clientListsTheServicesAndAsksForHealth(TestNetty netty, String provider) throws Exception {
		try (ConfigurableApplicationContext context = start(netty, provider)) {
			assertThat(grpcurl(List.of("list"), mutual("client")).output().lines()).contains("grpc.health.v1.Health");
			assertThat(health(mutual("client")).output()).contains("\"status\": \"SERVING\"");
		}
	}

	private static void assertRefused(String reason, Program.Answer answer) {
		assertThat(answer.exitCode()).isNotZero();
		assertThat(answer.output()).contains(reason).doesNotContain("SERVING");
	}

	private ConfigurableApplicationContext start(TestNetty netty, String provider) {
		return this.application.on(netty).set("secure-grpc.provider", provider).start();
	}

	private void write(String name, X509Bundle bundle) {
		this.application.file(name + ".crt", TestCertificates.pem(bundle.getCertificatePath()));
		this.application.file(name + ".key", TestCertificates.pem(bundle.getKeyPair().getPrivate()));
	}

	private String file(String name) {
		return this.directory.resolve(name).toString();
	}

	private String[] mutual(String name) {
		return new String[] { "-cacert", file("ca.crt"), "-cert", file(name + ".crt"), "-key", file(name + ".key") };
	}

	private Program.Answer health(String... options) throws Exception {
		return grpcurl(List.of("grpc.health.v1.Health/Check"), options);
	}

	private Program.Answer grpcurl(List<String> request, String... options) throws Exception {
		return Program.of("grpcurl")
			.run(Stream
				.of(Stream.of("-connect-timeout", "3", "-max-time", "20"), Arrays.stream(options),
						Stream.of("localhost:" + this.application.port()), request.stream())
				.flatMap((part) -> part)
				.toArray(String[]::new));
	}

}
