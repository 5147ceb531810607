package io.github.securegrpc.certs;

import java.nio.file.Path;
import java.time.Duration;
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
			.of(new ForeignLanguage("node", "-e", "require('@grpc/grpc-js')", "peers.js"),
					new ForeignLanguage("python3", "-c", "import grpc", "peers.py"),
					new ForeignLanguage("/usr/bin/python3", "-c", "import grpc", "peers.py"))
			.filter((language) -> language.isThere(this.directory))
			.flatMap(this::tests);
	}

	private Stream<DynamicTest> tests(ForeignLanguage language) {
		return Stream.of(test(language, "server", "client", "ok"), test(language, "server", "expired", "REFUSED"),
				test(language, "server", "foreign", "REFUSED"), test(language, "server", "server", "REFUSED"),
				test(language, "expired", "client", "REFUSED"), test(language, "foreign", "client", "REFUSED"),
				test(language, "misnamed", "client", "REFUSED"), test(language, "client", "client", "REFUSED"));
	}

	private DynamicTest test(ForeignLanguage language, String server, String client, String answer) {
		return DynamicTest.dynamicTest("%s: %s and %s: %s".formatted(language.program(), server, client, answer),
				() -> assertThat(language.run(this.directory, server, client)).startsWith(answer));
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

}
