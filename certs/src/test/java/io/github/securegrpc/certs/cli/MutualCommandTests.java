package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.Openssl;
import io.github.securegrpc.certs.TlsHandshake;
import io.github.securegrpc.text.SubjectAlternativeNames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MutualCommand}.
 */
class MutualCommandTests {

	private final Terminal terminal;

	private final Depot depot;

	MutualCommandTests(@TempDir Path directory) {
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
	}

	@Test
	void oneCommandMakesMutualTls() throws Exception {
		assertThat(this.terminal.inDepot("mutual")).isZero();
		assertThat(new TlsHandshake(this.depot.read("CA").leaf(), this.depot.read("server"), this.depot.read("client"))
			.run()).isEqualTo(this.depot.read("client").leaf());
		assertThat(SubjectAlternativeNames.of(this.depot.read("server").leaf())).containsExactly("dns:server",
				"dns:localhost", "ip:127.0.0.1", "ip:::1");
		assertThat(this.depot.revocations("CA")).exists();
	}

	@Test
	void standardOutputIsAnApplicationYaml() {
		this.terminal.inDepot("mutual");
		Map<String, Map<String, Map<String, String>>> yaml = new Yaml().load(this.terminal.out());
		assertThat(yaml.get("secure-grpc")).isEqualTo(Map.of("server", lines("server"), "client", lines("client")));
		assertThat(this.terminal.err()).contains("Created the authority CA", "Issued server", "Issued client");
	}

	@Test
	void directoryWithAnUnusualNameIsQuoted(@TempDir Path directory) {
		Path unusual = directory.resolve("it's: a #place");
		assertThat(this.terminal.type("mutual", "--depot", unusual.toString())).isZero();
		Map<String, Map<String, Map<String, String>>> yaml = new Yaml().load(this.terminal.out());
		assertThat(yaml).extracting("secure-grpc")
			.extracting("server")
			.extracting("cert")
			.isEqualTo(unusual.resolve("server.crt").toString());
	}

	@Test
	void namesAreTheServersAndExpiryIsThatOfBoth() {
		assertThat(this.terminal.inDepot("mutual", "--server", "ledger", "--client", "cli", "--dns",
				"ledger.example.com", "--ip", "10.0.0.1", "--expires", "30d"))
			.isZero();
		assertThat(SubjectAlternativeNames.of(this.depot.read("ledger").leaf()))
			.containsExactly("dns:ledger.example.com", "ip:10.0.0.1");
		assertThat(SubjectAlternativeNames.of(this.depot.read("cli").leaf())).containsExactly("dns:cli");
		for (String name : List.of("ledger", "cli")) {
			assertThat(this.depot.read(name).expiry())
				.isEqualTo(this.terminal.clock.instant().plus(Duration.ofDays(30)));
		}
	}

	@Test
	void secondRunKeepsEverything() throws Exception {
		this.terminal.inDepot("mutual");
		String yaml = this.terminal.out();
		Map<String, String> before = contents();
		assertThat(this.terminal.inDepot("mutual")).isZero();
		assertThat(this.terminal.out()).isEqualTo(yaml);
		assertThat(contents()).isEqualTo(before);
		assertThat(this.terminal.err()).contains("Kept the authority CA", "Kept server", "Kept client");
	}

	@ParameterizedTest
	@ValueSource(strings = { "client.crt", "client.csr client.crt", "client.key client.csr client.crt",
			"server.crt client.key client.csr client.crt", "server.csr server.crt client.key client.csr client.crt",
			"server.key server.csr server.crt client.key client.csr client.crt",
			"CA.crl server.key server.csr server.crt client.key client.csr client.crt",
			"CA.crt CA.crl server.key server.csr server.crt client.key client.csr client.crt" })
	void interruptedRunIsCompletedAndItsKeysAreKept(String missing) throws Exception {
		this.terminal.inDepot("mutual");
		Map<String, String> before = contents();
		for (String file : missing.split(" ", -1)) {
			Files.delete(this.depot.directory().resolve(file));
			before.remove(file);
		}
		before.keySet().removeIf((file) -> file.endsWith(".issued") || file.endsWith(".revoked"));
		assertThat(this.terminal.inDepot("mutual")).isZero();
		assertThat(contents()).containsAllEntriesOf(before);
		new TlsHandshake(this.depot.read("CA").leaf(), this.depot.read("server"), this.depot.read("client")).run();
	}

	@Test
	void leafWithTheNamesAskedForIsKept() {
		String[] names = { "mutual", "--dns", "Grpc.example.com", "--ip", "::1", "--uri", "spiffe://test/server",
				"--email", "ops@example.com" };
		assertThat(this.terminal.inDepot(names)).isZero();
		assertThat(this.terminal.inDepot(names)).isZero();
		assertThat(this.terminal.inDepot("mutual", "--ip", "::1")).isZero();
		assertThat(this.terminal.inDepot("mutual")).isZero();
		assertThat(this.terminal.err()).contains("Kept server");
	}

	@Test
	void leafWithoutANameAskedForIsNotKept() throws Exception {
		this.terminal.inDepot("mutual");
		String key = Files.readString(this.depot.key("server"));
		String[] again = { "mutual", "--dns", "localhost,grpc.example.com" };
		assertThat(this.terminal.inDepot(again)).isOne();
		assertThat(this.terminal.out()).isEmpty();
		assertThat(this.terminal.err()).contains("server.crt: names [dns:server, ", "but not [dns:grpc.example.com]",
				"delete " + this.depot.certificate("server"));
		Files.delete(this.depot.certificate("server"));
		assertThat(this.terminal.inDepot(again)).isZero();
		assertThat(SubjectAlternativeNames.of(this.depot.read("server").leaf())).containsExactly("dns:localhost",
				"dns:grpc.example.com");
		assertThat(this.depot.key("server")).hasContent(key);
	}

	@Test
	void expiredLeafIsNotKept() {
		this.terminal.inDepot("mutual");
		this.terminal.clock.advance(Duration.ofDays(91));
		assertThat(this.terminal.inDepot("mutual")).isOne();
		assertThat(this.terminal.out()).isEmpty();
		assertThat(this.terminal.err()).contains("server.crt: valid from", "secure-grpc-certs renew server,");
		assertThat(this.terminal.inDepot("renew", "server")).isZero();
		assertThat(this.terminal.inDepot("mutual")).isOne();
		assertThat(this.terminal.err()).contains("client.crt: valid from", "secure-grpc-certs renew client,");
		assertThat(this.terminal.inDepot("renew", "client")).isZero();
		assertThat(this.terminal.inDepot("mutual")).isZero();
	}

	@Test
	void leafOfAnotherAuthorityIsNotKept() throws Exception {
		this.terminal.inDepot("mutual");
		for (String file : List.of("CA.key", "CA.crt", "CA.crl")) {
			Files.delete(this.depot.directory().resolve(file));
		}
		assertThat(this.terminal.inDepot("mutual")).isOne();
		assertThat(this.terminal.err()).contains("server.crt: issued by CN=CA (expected: a leaf of CN=CA)");
		assertThat(this.terminal.out()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server", "client" })
	void revokedPairIsNotKept(String name) throws Exception {
		this.terminal.inDepot("mutual");
		this.terminal.inDepot("renew", name);
		String key = Files.readString(this.depot.key(name));
		this.terminal.inDepot("revoke", name, "--reason", "key_compromise");
		assertThat(this.terminal.inDepot("mutual")).isOne();
		assertThat(this.terminal.out()).isEmpty();
		assertThat(this.terminal.err()).contains(name + ".crt: revoked (expected: a leaf in use)",
				"Remove %1$s.key, %1$s.csr and %1$s.crt".formatted(name));
		Files.delete(this.depot.certificate(name));
		assertThat(this.terminal.inDepot("mutual")).as("with the key of what is revoked").isOne();
		assertThat(this.terminal.err()).contains(name + ".key: a key whose certificate was revoked");
		Files.delete(this.depot.request(name));
		assertThat(this.terminal.inDepot("issue", name)).as("the same without its request").isOne();
		Files.delete(this.depot.key(name));
		assertThat(this.terminal.inDepot("mutual")).isZero();
		assertThat(this.terminal.out().split("crl: '%s'  # every 30 days".formatted(this.depot.revocations("CA")), -1))
			.as("both sides")
			.hasSize(3);
		assertThat(this.depot.key(name)).content().isNotEqualTo(key);
		assertThat(this.terminal.inDepot("check", name)).isZero();
	}

	@Test
	void listThatIsMissingOrOutOfDateIsIssuedAnew() throws Exception {
		this.terminal.inDepot("mutual");
		Files.delete(this.depot.revocations("CA"));
		this.terminal.inDepot("mutual");
		assertThat(this.terminal.inDepot("check", "server")).isZero();
		this.terminal.clock.advance(Duration.ofDays(31));
		assertThat(this.terminal.inDepot("check", "server")).isOne();
		this.terminal.inDepot("mutual");
		assertThat(this.terminal.inDepot("check", "server")).isZero();
	}

	@Test
	void renewalIssuesTheListAnewBeforeItIsOutOfDate() {
		this.terminal.inDepot("mutual");
		this.terminal.inDepot("issue", "gone");
		this.terminal.inDepot("revoke", "gone");
		this.terminal.inDepot("renew", "server");
		assertThat(this.terminal.out()).doesNotContain("Issued the list");
		this.terminal.clock.advance(Duration.ofDays(21));
		assertThat(this.terminal.inDepot("renew", "server")).isZero();
		assertThat(this.terminal.out()).contains("Issued the list of revoked certificates anew: ");
		this.terminal.clock.advance(Duration.ofDays(29));
		assertThat(this.terminal.inDepot("check", "server")).isZero();
	}

	@Test
	void authorityThatMayNotSignListsIsKeptWithoutOne() throws Exception {
		Files.createDirectory(this.depot.directory());
		Openssl.in(this.depot.directory())
			.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "CA.key", "-subj", "/CN=CA", "-addext",
					"keyUsage=keyCertSign", "-out", "CA.crt");
		Files.setPosixFilePermissions(this.depot.directory(), PosixFilePermissions.fromString("rwx------"));
		this.terminal.clock.advance(Duration.ofSeconds(5));
		assertThat(this.terminal.inDepot("mutual")).as(this.terminal.err()).isZero();
		assertThat(this.terminal.out()).doesNotContain("crl");
	}

	@Test
	void serverAndClientMayNotShareAName() {
		assertThat(this.terminal.inDepot("mutual", "--client", "server")).isEqualTo(2);
		assertThat(this.depot.directory()).doesNotExist();
	}

	private Map<String, String> lines(String name) {
		return Map.of("cert", this.depot.certificate(name).toString(), "key", this.depot.key(name).toString(), "ca",
				this.depot.certificate("CA").toString());
	}

	private Map<String, String> contents() throws Exception {
		Map<String, String> contents = new TreeMap<>();
		try (Stream<Path> files = Files.list(this.depot.directory())) {
			for (Path file : files.filter((path) -> !path.endsWith(".lock")).toList()) {
				contents.put(file.getFileName().toString(), Files.readString(file));
			}
		}
		return contents;
	}

}
