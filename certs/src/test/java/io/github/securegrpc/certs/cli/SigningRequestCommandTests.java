package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.Openssl;
import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.text.SubjectAlternativeNames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code issue} and {@code mutual} sign what another tool has requested in the
 * depot.
 */
class SigningRequestCommandTests {

	private final Terminal terminal;

	private final Depot depot;

	SigningRequestCommandTests(@TempDir Path directory) {
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
		this.terminal.inDepot("init");
	}

	@Test
	void requestOfAnotherToolIsSignedForItsNames() throws Exception {
		request("node", "-addext", "subjectAltName=DNS:node.example.com,IP:10.0.0.1");
		String key = Files.readString(this.depot.key("node"));
		assertThat(this.terminal.inDepot("issue", "node")).as(this.terminal.err()).isZero();
		assertThat(this.terminal.out()).contains("Issued node", "dns:node.example.com, ip:10.0.0.1", "node.csr",
				"node.key");
		assertThat(names("node")).containsExactly("dns:node.example.com", "ip:10.0.0.1");
		assertThat(this.depot.key("node")).hasContent(key);
		assertThat(this.terminal.inDepot("check", "node", "--name", "10.0.0.1")).isZero();
	}

	@Test
	void namesOfTheCommandLineWin() throws Exception {
		request("node", "-addext", "subjectAltName=DNS:node.example.com");
		assertThat(this.terminal.inDepot("issue", "node", "--dns", "other.example.com")).isZero();
		assertThat(names("node")).containsExactly("dns:other.example.com");
	}

	@Test
	void requestWithoutNamesGetsThoseOfANewLeaf() throws Exception {
		request("node");
		assertThat(this.terminal.inDepot("issue", "node", "--server")).isZero();
		assertThat(names("node")).containsExactly("dns:node", "dns:localhost", "ip:127.0.0.1", "ip:::1");
	}

	@Test
	void keyThatStaysElsewhereIsNotNeeded() throws Exception {
		request("node", "-addext", "subjectAltName=DNS:node.example.com");
		Files.delete(this.depot.key("node"));
		assertThat(this.terminal.inDepot("issue", "node")).isZero();
		assertThat(this.terminal.out()).contains("node.csr").doesNotContain("node.key");
		assertThat(this.depot.key("node")).doesNotExist();
	}

	@Test
	void keyWithAPassphraseIsComparedToo() throws Exception {
		request("node", "-addext", "subjectAltName=DNS:node.example.com");
		Openssl openssl = Openssl.in(this.depot.directory());
		openssl.run("rsa", "-traditional", "-des3", "-in", "node.key", "-passout", "pass:secret", "-out", "legacy.key");
		Files.move(this.depot.directory().resolve("legacy.key"), this.depot.directory().resolve("again.key"));
		Files.move(this.depot.request("node"), this.depot.request("again"));
		assertThat(this.depot.key("again")).content().contains("Proc-Type: 4,ENCRYPTED");
		assertThat(this.terminal.inDepot("issue", "again")).isOne();
		assertThat(this.terminal.err()).contains("again.key: needs a passphrase");
		this.terminal.answers.add("secret");
		assertThat(this.terminal.inDepot("issue", "again")).as(this.terminal.err()).isZero();
		assertThat(names("again")).containsExactly("dns:node.example.com");
	}

	@Test
	void anotherKindOfKeyThanAskedForIsRefused() throws Exception {
		request("node", "-addext", "subjectAltName=DNS:node.example.com");
		assertThat(this.terminal.inDepot("issue", "node", "--key-type", "ed25519")).isOne();
		assertThat(this.terminal.err()).contains("node.csr: a request for another kind of key (expected: ED25519)");
		assertThat(this.depot.certificate("node")).doesNotExist();
		assertThat(this.terminal.inDepot("issue", "node", "--key-type", "rsa_2048")).isZero();
	}

	@Test
	void brokenRequestIsRefusedAndLeftAlone() throws Exception {
		Path request = Files.writeString(this.depot.request("node"), "garbage");
		assertThat(this.terminal.inDepot("issue", "node")).isOne();
		assertThat(this.terminal.err()).contains("node.csr: no request for a certificate",
				"Make the request again, or remove it");
		assertThat(request).hasContent("garbage");
		assertThat(this.depot.key("node")).doesNotExist();
		assertThat(this.depot.certificate("node")).doesNotExist();
	}

	@Test
	void mutualSignsTheRequestsThatAreThere() throws Exception {
		request("server", "-addext", "subjectAltName=DNS:ledger.example.com");
		request("client", "-addext", "subjectAltName=URI:spiffe://test/client");
		assertThat(this.terminal.inDepot("mutual")).as(this.terminal.err()).isZero();
		assertThat(names("server")).containsExactly("dns:ledger.example.com");
		assertThat(names("client")).containsExactly("uri:spiffe://test/client");
		assertThat(this.depot.read("server").leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
	}

	@Test
	void mutualNeedsTheKeyOfARequest() throws Exception {
		request("client");
		Files.delete(this.depot.key("client"));
		assertThat(this.terminal.inDepot("mutual")).isOne();
		assertThat(this.terminal.err()).contains("client.csr: exists, and client.key does not");
		assertThat(this.depot.key("server")).as("before anything is made").doesNotExist();
	}

	// as certstrap request-cert leaves it
	private void request(String name, String... options) throws Exception {
		Openssl openssl = Openssl.in(this.depot.directory());
		openssl.run("genrsa", "-traditional", "-out", name + ".key", "2048");
		String[] request = { "req", "-new", "-key", name + ".key", "-subj", "/CN=" + name, "-out", name + ".csr" };
		openssl.run(Stream.concat(List.of(request).stream(), List.of(options).stream()).toArray(String[]::new));
		assertThat(this.depot.request(name)).exists();
	}

	private List<String> names(String leaf) {
		return SubjectAlternativeNames
			.of(CertificateFile.read(this.depot.certificate(leaf), PassphraseSource.NONE).certificates().get(0));
	}

}
