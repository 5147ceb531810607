package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.Openssl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CheckCommand}.
 */
class CheckCommandTests {

	private final Path directory;

	private final Terminal terminal;

	private final Depot depot;

	CheckCommandTests(@TempDir Path directory) {
		this.directory = directory;
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
	}

	@BeforeEach
	void issue() {
		this.terminal.inDepot("init");
		this.terminal.inDepot("issue", "node", "--server", "--dns", "Node.example.com,*.pods.example.com", "--ip",
				"10.0.0.1,::1");
	}

	@Test
	void goodLeafIsAnsweredWithYes() {
		assertThat(this.terminal.inDepot("check", "node", "--name", "node.example.com")).isZero();
		assertThat(this.terminal.out().lines()).hasSize(6).allMatch((line) -> line.startsWith("yes  "));
	}

	@ParameterizedTest
	@CsvSource({ "node.example.com, 0", "NODE.example.com, 0", "a.pods.example.com, 0", "10.0.0.1, 0", "::1, 0",
			"0:0:0:0:0:0:0:1, 0", "pods.example.com, 1", "a.b.pods.example.com, 1", "example.com, 1", "10.0.0.2, 1",
			"node, 1", ".pods.example.com, 1" })
	void leafServesItsNamesOnly(String name, int exitCode) {
		assertThat(this.terminal.inDepot("check", "node", "--name", name)).isEqualTo(exitCode);
	}

	@Test
	void keyOfAnotherLeafDoesNotBelong() {
		this.terminal.inDepot("issue", "other");
		assertThat(this.terminal.inDepot("check", "node", "--key", this.depot.key("other").toString())).isOne();
		assertThat(this.terminal.out()).contains("NO   key belongs to the certificate",
				"other.key does not belong to the leaf of " + this.depot.certificate("node")
						+ " (expected: its private key)");
	}

	@Test
	void keyInTheLegacyEncryptionIsNotOneThatAnApplicationReads() throws Exception {
		Openssl.in(this.depot.directory())
			.run("ec", "-in", "node.key", "-des3", "-passout", "pass:secret", "-out", "legacy.key");
		String legacy = this.depot.directory().resolve("legacy.key").toString();
		String objection = legacy
				+ " is encrypted in OpenSSL's legacy format, EC PRIVATE KEY with Proc-Type (expected: PKCS#8)";
		assertThat(this.terminal.inDepot("check", "node", "--key", legacy)).as("without its passphrase").isOne();
		assertThat(this.terminal.out()).contains("NO   key is one that an application reads", objection,
				"Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in %1$s -out %1$s.new".formatted(legacy));
		this.terminal.answers.add("secret");
		assertThat(this.terminal.inDepot("check", "node", "--key", legacy)).isOne();
		assertThat(this.terminal.out()).contains(objection, "yes  key belongs to the certificate");
		Openssl.in(this.depot.directory())
			.run("pkcs8", "-topk8", "-in", "node.key", "-passout", "pass:secret", "-out", "modern.key");
		this.terminal.answers.add("secret");
		assertThat(this.terminal.inDepot("check", "node", "--key",
				this.depot.directory().resolve("modern.key").toString()))
			.isZero();
	}

	@Test
	void otherAuthorityOfTheSameNameIsNotReached(@TempDir Path elsewhere) {
		Terminal other = new Terminal(elsewhere);
		other.inDepot("init");
		assertThat(this.terminal.inDepot("check", "node", "--ca-file", other.depot().certificate("CA").toString()))
			.isOne();
		assertThat(this.terminal.out()).contains("NO   reaches",
				"an authority of the same name, but with another key, issued it", "NO   not revoked by");
	}

	@Test
	void revokedLeafIsAnsweredWithNo() {
		this.terminal.inDepot("revoke", "node");
		assertThat(this.terminal.inDepot("check", "node")).isOne();
		assertThat(this.terminal.out()).contains("NO   not revoked by", "CN=node is revoked since");
	}

	@Test
	void revokedLeafIsAnsweredWithNoWithoutItsList() throws Exception {
		this.terminal.inDepot("revoke", "node");
		Files.delete(this.depot.revocations("CA"));
		assertThat(this.terminal.inDepot("check", "node")).isOne();
		assertThat(this.terminal.out()).contains("NO   not revoked", "lacks CN=node, which was revoked here");
	}

	@Test
	void revokedLeafIsAnsweredWithNoAlsoByAListThatLostIt() throws Exception {
		byte[] old = Files.readAllBytes(this.depot.revocations("CA"));
		this.terminal.inDepot("revoke", "node");
		Files.write(this.depot.revocations("CA"), old);
		assertThat(this.terminal.inDepot("check", "node")).isOne();
		assertThat(this.terminal.out()).contains("CA.crl: lacks CN=node, which was revoked here");
		this.terminal.inDepot("revoke");
		this.terminal.inDepot("check", "node");
		assertThat(this.terminal.out()).contains("NO   not revoked by", "CN=node is revoked since");
	}

	@Test
	void listThatIsOutOfDateIsAnsweredWithNo() {
		this.terminal.clock.advance(Duration.ofDays(31));
		assertThat(this.terminal.inDepot("check", "node")).isOne();
		assertThat(this.terminal.out()).contains("CA.crl: out of date since");
		this.terminal.inDepot("revoke");
		assertThat(this.terminal.inDepot("check", "node")).isZero();
	}

	@Test
	void expiredLeafIsAnsweredInTheWordsOfTheGuards() {
		this.terminal.clock.advance(Duration.ofDays(91));
		assertThat(this.terminal.inDepot("check", "node")).isOne();
		assertThat(this.terminal.out()).contains("NO   fit for a server",
				"node.crt: CN=node expired at " + this.depot.read("node").expiry() + " (now: ",
				"Renew the certificate.");
	}

	@Test
	void leafForServersIsNotFitForAClient() {
		assertThat(this.terminal.inDepot("check", "node", "--for", "client")).isOne();
		assertThat(this.terminal.out()).contains("NO   fit for a client",
				"the leaf CN=node is not for clients (expected: extended key usage clientAuth)");
	}

	@Test
	void chainWithoutItsIntermediateDoesNotReachTheAuthority() throws Exception {
		Openssl openssl = Openssl.in(this.directory);
		openssl.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-subj", "/CN=root", "-out",
				"root.crt");
		openssl.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "sub.key", "-subj", "/CN=sub", "-CA",
				"root.crt", "-CAkey", "root.key", "-out", "sub.crt");
		openssl.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-subj", "/CN=leaf", "-CA",
				"sub.crt", "-CAkey", "sub.key", "-addext", "basicConstraints=CA:FALSE", "-addext",
				"subjectAltName=DNS:leaf", "-out", "leaf.crt");
		assertThat(checkFiles("leaf.crt")).isOne();
		assertThat(this.terminal.out()).contains("CN=leaf does not reach it: it is issued by CN=sub");
		Files.writeString(this.directory.resolve("chain.crt"), Files.readString(this.directory.resolve("leaf.crt"))
				+ Files.readString(this.directory.resolve("sub.crt")));
		assertThat(checkFiles("chain.crt")).as(this.terminal.out()).isZero();
		Files.writeString(this.directory.resolve("reversed.crt"), Files.readString(this.directory.resolve("sub.crt"))
				+ Files.readString(this.directory.resolve("leaf.crt")));
		assertThat(checkFiles("reversed.crt")).isOne();
		assertThat(this.terminal.out()).contains("is not issued by certificate 2 (CN=leaf)");
	}

	@Test
	void withoutALeafItIsNotUnderstood() {
		assertThat(this.terminal.inDepot("check")).isEqualTo(2);
		assertThat(this.terminal.err()).contains("NAME and --cert: neither given");
		assertThat(this.terminal.inDepot("check", "--cert", this.depot.key("node").toString())).isOne();
		assertThat(this.terminal.err()).contains("no certificate (expected: the leaf first)");
	}

	@Test
	void fileOfAnotherKindAnswersNothing() {
		assertThat(this.terminal.inDepot("check", "node", "--ca-file", this.depot.key("node").toString())).isOne();
		assertThat(this.terminal.err()).contains("node.key: no certificate (expected: that of an authority)");
		assertThat(this.terminal.inDepot("check", "node", "--crl-file", this.depot.key("node").toString())).isOne();
		assertThat(this.terminal.err()).contains("node.key: no list of revoked certificates (expected: one)");
	}

	private int checkFiles(String cert) {
		this.terminal.clock.advance(Duration.ofSeconds(5));
		return this.terminal.type("check", "--cert", this.terminal.file(cert), "--key", this.terminal.file("leaf.key"),
				"--ca-file", this.terminal.file("root.crt"), "--name", "leaf");
	}

}
