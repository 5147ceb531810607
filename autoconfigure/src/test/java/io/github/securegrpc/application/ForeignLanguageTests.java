package io.github.securegrpc.application;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.rotation.RotatingMaterials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * gRPC of other languages at the other end of mutual TLS, where this machine has them.
 * Where it has none nothing is skipped.
 */
@Timeout(120)
class ForeignLanguageTests {

	private static final int CALLS = 60;

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private Path directory = Path.of("");

	private Application application = new Application(this.directory);

	static Stream<Arguments> cells() {
		return ForeignLanguage.ofThisMachine()
			.flatMap((language) -> Stream.of(TestNetty.values())
				.flatMap((netty) -> Stream.of(Arguments.of(language, netty, "openssl"),
						Arguments.of(language, netty, "jdk"))));
	}

	@BeforeEach
	void describe(@TempDir Path files) {
		this.directory = files;
		this.application = new Application(files).identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA);
		write("ca", CA);
		write("other", OTHER_CA);
		write("server", TestCertificates.server(CA));
		write("client", TestCertificates.client(CA));
		write("stranger", TestCertificates.client(OTHER_CA));
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("cells")
	void clientIsWhoItsCertificateSaysOrRefused(ForeignLanguage language, TestNetty netty, String provider)
			throws Exception {
		try (ConfigurableApplicationContext context = start(netty, provider)) {
			assertThat(context.isRunning()).isTrue();
			assertThat(ask(language, "ca", "-")).as("without a certificate").startsWith("REFUSED");
			assertThat(ask(language, "ca", "stranger")).as("of another CA").startsWith("REFUSED");
			assertThat(ask(language, "other", "client")).as("that trusts another CA").startsWith("REFUSED");
			assertThat(ask(language, "ca", "client")).isEqualTo("SERVING");
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("cells")
	void clientLosesNothingWhileTheServerRotates(ForeignLanguage language, TestNetty netty, String provider)
			throws Exception {
		Path log = this.directory.resolve("log");
		try (ConfigurableApplicationContext context = start(netty, provider)) {
			Process client = language.start(this.directory, log, arguments("ca", "client", CALLS));
			int rotations = 0;
			try {
				while (client.isAlive()) {
					this.application.identity("secure-grpc.server", TestCertificates.server(CA));
					context.getBean(RotatingMaterials.class).tick();
					rotations++;
					client.waitFor(20, TimeUnit.MILLISECONDS);
				}
			}
			finally {
				client.destroyForcibly();
			}
			assertThat(Files.readAllLines(log)).hasSize(CALLS).containsOnly("SERVING");
			assertThat(rotations).isGreaterThan(5);
		}
	}

	@ParameterizedTest(allowZeroInvocations = true)
	@MethodSource("cells")
	void serverIsCalledWithTheCertificateThatItAsksFor(ForeignLanguage language, TestNetty netty, String provider)
			throws Exception {
		Path log = this.directory.resolve("log");
		Process server = language.start(this.directory, log, "server", file("ca.crt"), file("server.crt"),
				file("server.key"));
		try {
			Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !Files.readString(log).isBlank());
			String target = "static://localhost:" + Files.readString(log).strip();
			this.application.ca("secure-grpc.client", CA)
				.identity("secure-grpc.client", TestCertificates.client(CA))
				.ca("secure-grpc.client.channels.stranger", OTHER_CA)
				.set("secure-grpc.client.channels.bare.cert", "none");
			for (String channel : List.of("known", "bare", "stranger")) {
				this.application.set("grpc.client." + channel + ".address", target);
			}
			try (ConfigurableApplicationContext context = start(netty, provider)) {
				refused(context, "bare");
				refused(context, "stranger");
				assertThat(TestApplication.call(context, "known")).isEqualTo(ServingStatus.SERVING);
			}
		}
		finally {
			server.destroyForcibly();
		}
	}

	private static void refused(ConfigurableApplicationContext context, String channel) {
		assertThatExceptionOfType(StatusRuntimeException.class).as(channel)
			.isThrownBy(() -> TestApplication.call(context, channel))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
	}

	private ConfigurableApplicationContext start(TestNetty netty, String provider) {
		return this.application.on(netty).set("secure-grpc.provider", provider).start();
	}

	private String ask(ForeignLanguage language, String ca, String client) throws Exception {
		List<String> lines = language.run(this.directory, arguments(ca, client, 1));
		return lines.get(lines.size() - 1);
	}

	private String[] arguments(String ca, String client, int calls) {
		String cert = client.equals("-") ? "-" : file(client + ".crt");
		String key = client.equals("-") ? "-" : file(client + ".key");
		return new String[] { "client", String.valueOf(this.application.port()), file(ca + ".crt"), cert, key,
				String.valueOf(calls) };
	}

	private void write(String name, X509Bundle bundle) {
		this.application.file(name + ".crt", TestCertificates.pem(bundle.getCertificatePath()));
		this.application.file(name + ".key", TestCertificates.pem(bundle.getKeyPair().getPrivate()));
	}

	private String file(String name) {
		return this.directory.resolve(name).toString();
	}

}
