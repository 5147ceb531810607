package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.text.SubjectAlternativeNames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code init}, {@code issue}, {@code renew} and {@code revoke}.
 */
class IssueCommandTests {

	private final Terminal terminal;

	private final Depot depot;

	IssueCommandTests(@TempDir Path directory) {
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
	}

	@Test
	void authorityIsWhatWasAskedFor() {
		assertThat(this.terminal.inDepot("init", "--ca", "My CA", "--subject", "CN=My CA,O=Ours", "--expires",
				"20 years", "--key-type", "ed25519"))
			.isZero();
		X509Certificate authority = this.depot.read("My CA").leaf();
		assertThat(authority.getSubjectX500Principal()).hasToString("CN=My CA, O=Ours");
		assertThat(authority.getPublicKey().getAlgorithm()).isEqualTo("EdDSA");
		assertThat(Duration.between(this.terminal.clock.instant(), authority.getNotAfter().toInstant()).toDays())
			.isBetween(7304L, 7306L);
		assertThat(this.depot.directory().resolve("My_CA.crl")).exists();
		assertThat(this.terminal.out()).contains("Created the authority My CA, valid until");
	}

	@ParameterizedTest
	@CsvSource({ "--server, 1.3.6.1.5.5.7.3.1", "--client, 1.3.6.1.5.5.7.3.2" })
	void leafIsForTheSideAskedFor(String side, String purpose) throws Exception {
		this.terminal.inDepot("init");
		assertThat(this.terminal.inDepot("issue", "node", side)).isZero();
		assertThat(this.depot.read("node").leaf().getExtendedKeyUsage()).containsExactly(purpose);
	}

	@Test
	void namesDefaultToTheNameAndForServersToThisMachine() throws Exception {
		this.terminal.inDepot("init");
		this.terminal.inDepot("issue", "client", "--client");
		assertThat(names("client")).containsExactly("dns:client");
		this.terminal.inDepot("issue", "node");
		assertThat(names("node")).containsExactly("dns:node", "dns:localhost", "ip:127.0.0.1", "ip:::1");
		assertThat(this.depot.read("node").leaf().getExtendedKeyUsage()).hasSize(2);
		this.terminal.inDepot("issue", "named", "--dns", "a.example.com,b.example.com", "--ip", "::1", "--uri",
				"spiffe://test/a", "--email", "ops@example.com");
		assertThat(names("named")).containsExactly("dns:a.example.com", "dns:b.example.com", "ip:::1",
				"uri:spiffe://test/a", "email:ops@example.com");
	}

	@Test
	void existingKeyIsNeverOverwritten() throws Exception {
		this.terminal.inDepot("init");
		this.terminal.inDepot("issue", "node");
		String key = Files.readString(this.depot.key("node"));
		assertThat(this.terminal.inDepot("issue", "node")).isOne();
		assertThat(this.terminal.err()).contains("node.crt: exists (expected: no file of that name)");
		assertThat(this.terminal.inDepot("init")).isOne();
		assertThat(this.terminal.err()).contains("CA.crt: exists");
		assertThat(this.depot.key("node")).hasContent(key);
	}

	@ParameterizedTest
	@ValueSource(strings = { "init --ca b", "issue b", "renew a", "revoke a", "revoke", "mutual" })
	void whatAKilledCommandLeftIsRemoved(String command) throws Exception {
		this.terminal.inDepot("init");
		this.terminal.inDepot("issue", "a");
		Path leftover = Files.copy(this.depot.key("a"), this.depot.directory().resolve(".b.key.1.secure-grpc.tmp"));
		assertThat(this.terminal.inDepot(command.split(" "))).isZero();
		assertThat(leftover).doesNotExist();
		assertThat(this.depot.key("a")).exists();
	}

	@Test
	void withoutAnAuthorityNothingIsIssued() {
		assertThat(this.terminal.inDepot("issue", "node")).isOne();
		assertThat(this.terminal.err()).contains("CA.key: missing, and so is CA.crt");
		assertThat(this.depot.directory()).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "issue", "issue a_b --client", "issue node --ip 1.2.3", "issue node --ip localhost",
			"issue node --dns 10.0.0.1", "issue node --dns a..b", "issue node --uri relative",
			"issue node --uri spiffe://UPPER/x", "issue node --email nobody", "issue node --expires soon",
			"issue node --expires 2001-01-01", "issue node --expires 200years", "issue node --key-type DSA",
			"issue ../escape", "issue a b", "issue node --nonsense", "init --subject nonsense", "renew",
			"revoke node --reason whim", "revoke node --reason remove_from_crl", "nonsense" })
	void whatIsNotUnderstoodIsSaidInASentence(String command) {
		this.terminal.inDepot("init");
		assertThat(this.terminal.inDepot(command.split(" "))).isEqualTo(2);
		assertThat(this.terminal.err().lines()).hasSize(2);
		assertThat(this.terminal.err()).startsWith("error: ").contains("See secure-grpc-certs").contains("--help");
		assertThat(this.terminal.err()).doesNotContain("Exception").doesNotContain("\tat ");
		assertThat(this.terminal.out()).isEmpty();
	}

	@Test
	void renewedLeafKeepsItsKeyAndRunsLonger() throws Exception {
		this.terminal.inDepot("init");
		this.terminal.inDepot("issue", "a");
		this.terminal.inDepot("issue", "b", "--expires", "10d");
		String key = Files.readString(this.depot.key("a"));
		this.terminal.clock.advance(Duration.ofDays(5));
		assertThat(this.terminal.inDepot("renew", "a", "b")).isZero();
		assertThat(this.depot.read("a").expiry()).isEqualTo(this.terminal.clock.instant().plus(Duration.ofDays(90)));
		assertThat(this.depot.read("b").expiry()).isEqualTo(this.terminal.clock.instant().plus(Duration.ofDays(10)));
		assertThat(this.depot.key("a")).hasContent(key);
		assertThat(this.terminal.inDepot("renew", "a", "--expires", "1h")).isZero();
		assertThat(this.depot.read("a").expiry()).isEqualTo(this.terminal.clock.instant().plus(Duration.ofHours(1)));
	}

	@Test
	void revokedLeafIsListedAndNotRenewed() {
		this.terminal.inDepot("init");
		this.terminal.inDepot("issue", "node");
		assertThat(this.terminal.inDepot("revoke", "node", "--reason", "key_compromise")).isZero();
		assertThat(this.terminal.out()).contains("Revoked node", "List of 1 revoked");
		assertThat(this.terminal.inDepot("renew", "node")).isOne();
		assertThat(this.terminal.err()).contains("node.crt: revoked (expected: a leaf in use)");
		this.terminal.clock.advance(Duration.ofDays(29));
		assertThat(this.terminal.inDepot("revoke")).isZero();
		assertThat(this.terminal.out())
			.contains("List of 1 revoked, due again before " + this.terminal.clock.instant().plus(Duration.ofDays(30)));
	}

	private List<String> names(String leaf) {
		return SubjectAlternativeNames.of(this.depot.read(leaf).leaf());
	}

}
