package io.github.securegrpc.certs;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that TLS of other languages, which checks lists of revoked certificates, refuses
 * the revoked pairs and no others: Node's and Python's own. There are only tests for the
 * languages of this machine.
 */
class ForeignRevocationTests {

	private final Path directory;

	private final Depot depot;

	private final CertificateAuthority authority;

	ForeignRevocationTests(@TempDir Path directory) {
		this.directory = directory;
		this.depot = Depot.certstrap(directory);
		this.authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), new MutableClock());
	}

	@TestFactory
	Stream<DynamicTest> languagesOfThisMachine() {
		issue("good");
		issue("revoked");
		this.authority.revoke(this.depot, "revoked", RevocationReason.KEY_COMPROMISE);
		return Stream
			.of(new ForeignLanguage("node", "-e", "require('tls')", "revocation.js"),
					new ForeignLanguage("python3", "-c", "import ssl", "revocation.py"))
			.filter((language) -> language.isThere(this.directory))
			.flatMap((language) -> Stream.of(test(language, "revoked", "good", "REFUSED by the client: "),
					test(language, "good", "revoked", "REFUSED by the server: "),
					test(language, "good", "good", "ok")));
	}

	private DynamicTest test(ForeignLanguage language, String server, String client, String answer) {
		return DynamicTest.dynamicTest("%s: %s and %s: %s".formatted(language.program(), server, client, answer),
				() -> assertThat(language.run(this.directory, server, client)).startsWith(answer)
					.matches((output) -> output.startsWith("ok") || output.matches("(?is).*revoked.*"), "says why"));
	}

	private void issue(String name) {
		this.authority.issueTo(this.depot, LeafRequest.peer(name, SubjectAlternativeName.dns("localhost")));
	}

}
