package io.github.securegrpc.certs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that gRPC in other languages accepts issued pairs for mutual TLS, and refuses
 * expired and misnamed ones and those of another authority. There are only tests for the
 * languages of this machine: Node with {@code @grpc/grpc-js} (on the {@code NODE_PATH}),
 * Python with {@code python3-grpcio}, which Debian has for its own Python only.
 */
class ForeignPeersTests {

	private final Path directory;

	ForeignPeersTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@TestFactory
	Stream<DynamicTest> peersOfThisMachine() throws Exception {
		issue();
		return Stream
			.of(new Language("node", "-e", "require('@grpc/grpc-js')", "peers.js"),
					new Language("python3", "-c", "import grpc", "peers.py"),
					new Language("/usr/bin/python3", "-c", "import grpc", "peers.py"))
			.filter((language) -> language.isThere(this.directory))
			.flatMap(this::tests);
	}

	private Stream<DynamicTest> tests(Language language) {
		return Stream.of(test(language, "server", "client", "ok"), test(language, "server", "expired", "REFUSED"),
				test(language, "server", "foreign", "REFUSED"), test(language, "server", "server", "REFUSED"),
				test(language, "expired", "client", "REFUSED"), test(language, "foreign", "client", "REFUSED"),
				test(language, "misnamed", "client", "REFUSED"), test(language, "client", "client", "REFUSED"));
	}

	private DynamicTest test(Language language, String server, String client, String answer) {
		return DynamicTest.dynamicTest("%s: %s and %s: %s".formatted(language.program(), server, client, answer),
				() -> assertThat(language.run(this.directory, language.copyScript(this.directory).toString(),
						this.directory.toString(), server, client))
					.startsWith(answer));
	}

	private void issue() {
		Depot depot = Depot.certstrap(this.directory);
		MutableClock clock = new MutableClock();
		clock.advance(Duration.ofDays(-100));
		CertificateAuthority authority = CertificateAuthority.create(depot, AuthorityRequest.named("CA"), clock);
		authority.issueTo(depot, LeafRequest.peer("expired", SubjectAlternativeName.dns("localhost")));
		clock.advance(Duration.ofDays(100));
		authority.issueTo(depot, LeafRequest.server("server", SubjectAlternativeName.dns("localhost")));
		authority.issueTo(depot, LeafRequest.client("client", SubjectAlternativeName.dns("localhost")));
		authority.issueTo(depot, LeafRequest.server("misnamed", SubjectAlternativeName.dns("example.com")));
		CertificateAuthority
			.create(Depot.certstrap(this.directory.resolve("other")), AuthorityRequest.named("CA"), clock)
			.issueTo(depot, LeafRequest.peer("foreign", SubjectAlternativeName.dns("localhost")));
	}

	/**
	 * A language with gRPC.
	 *
	 * @param program what runs it
	 * @param option what lets it run one line
	 * @param probe the line that needs gRPC
	 * @param script the script of both peers
	 */
	private record Language(String program, String option, String probe, String script) {

		boolean isThere(Path directory) {
			try {
				return start(directory, List.of(this.program, this.option, this.probe)).waitFor() == 0;
			}
			catch (IOException ex) {
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		Path copyScript(Path directory) throws IOException {
			Path copy = directory.resolve(this.script);
			try (InputStream content = Objects
				.requireNonNull(ForeignPeersTests.class.getResourceAsStream(this.script))) {
				Files.write(copy, content.readAllBytes());
			}
			return copy;
		}

		String run(Path directory, String... arguments) throws IOException, InterruptedException {
			Process process = start(directory, Stream.concat(Stream.of(this.program), Stream.of(arguments)).toList());
			try {
				assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", this.program).isTrue();
				return Files.readString(directory.resolve("output"));
			}
			finally {
				process.destroyForcibly();
			}
		}

		private static Process start(Path directory, List<String> command) throws IOException {
			return new ProcessBuilder(command).redirectOutput(directory.resolve("output").toFile())
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
		}

	}

}
