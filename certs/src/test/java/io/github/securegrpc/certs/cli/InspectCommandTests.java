package io.github.securegrpc.certs.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.Openssl;
import io.github.securegrpc.certs.OpensslServer;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.MaterialSources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InspectCommand}.
 */
class InspectCommandTests {

	private final Path directory;

	private final Terminal terminal;

	private final Depot depot;

	InspectCommandTests(@TempDir Path directory) {
		this.directory = directory;
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
		this.terminal.inDepot("mutual");
	}

	@Test
	void leafIsToldInPlainWords() {
		assertThat(inspect(this.depot.certificate("server"))).isZero();
		assertThat(this.terminal.out()).contains("1. CN=server", "issued by    CN=CA",
				"names        dns:server, dns:localhost, ip:127.0.0.1", "for          servers",
				"[--------------------] 90 days left", "EC, 256 bits", "fingerprint", "nothing to object to");
	}

	@Test
	void validityIsABar() {
		this.terminal.clock.advance(Duration.ofDays(45));
		inspect(this.depot.certificate("server"));
		assertThat(this.terminal.out()).contains("[##########----------] 45 days left");
		this.terminal.clock.advance(Duration.ofDays(30));
		inspect(this.depot.certificate("server"));
		assertThat(this.terminal.out()).contains("[#################---] 15 days left: renew it");
		this.terminal.clock.advance(Duration.ofDays(16));
		assertThat(inspect(this.depot.certificate("server"))).isOne();
		assertThat(this.terminal.out()).contains("[####################] expired 24 hours ago",
				"objection: " + this.depot.certificate("server") + ": CN=server expired at");
	}

	@Test
	void keyIsNamedButNeverShown() throws Exception {
		assertThat(inspect(this.depot.key("server"))).isZero();
		assertThat(this.terminal.out()).contains("a private key, PKCS#8")
			.doesNotContain(Files.readString(this.depot.key("server")).substring(40, 60));
		assertThat(this.terminal.questions).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "genrsa -traditional -des3, RSA PRIVATE KEY", "genrsa -traditional -aes256, RSA PRIVATE KEY",
			"ec -in server.key -des3, EC PRIVATE KEY" })
	void keyInTheLegacyEncryptionIsObjectedToInTheWordsOfTheGuards(String command, String label) throws Exception {
		Openssl.in(this.depot.directory()).run((command + " -passout pass:secret -out legacy.key").split(" "));
		Path key = this.depot.directory().resolve("legacy.key");
		assertThat(inspect(key)).isOne();
		assertThat(this.terminal.out()).contains("a private key, OpenSSL's legacy encryption with ",
				"objection: " + key + " is encrypted in OpenSSL's legacy format, " + label
						+ " with Proc-Type (expected: PKCS#8)",
				("Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in %1$s -out %1$s.new, "
						+ "and set secure-grpc.….key-password to")
					.formatted(key));
		assertThat(this.terminal.questions).isEmpty();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> starterReads(key))
			.withMessageContaining("is encrypted in OpenSSL's legacy format, " + label + " with Proc-Type");
	}

	@Test
	void listIsTold() {
		this.terminal.inDepot("revoke", "client", "--reason", "superseded");
		assertThat(inspect(this.depot.revocations("CA"))).isZero();
		assertThat(this.terminal.out()).contains("what CN=CA has revoked", "SUPERSEDED",
				"serial %x".formatted(this.depot.read("client").leaf().getSerialNumber()));
	}

	@Test
	void certificateWithoutNamesIsObjectedToInTheWordsOfTheGuards() throws Exception {
		Openssl.in(this.directory)
			.run("req", "-x509", "-newkey", "rsa:1024", "-nodes", "-keyout", "old.key", "-subj", "/CN=old", "-addext",
					"basicConstraints=CA:FALSE", "-out", "old.crt");
		this.terminal.clock.advance(Duration.ofSeconds(5));
		assertThat(inspect(this.directory.resolve("old.crt"))).isOne();
		assertThat(this.terminal.out()).contains(
				"CN=old has an RSA key of 1024 bits (expected: RSA of 2048 bits or more",
				"the leaf CN=old has no subject alternative name (expected: dns or ip names; clients ignore the CN)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "subjectAltName=DNS:localhost", "keyUsage=digitalSignature" })
	void leafThatSaysItIsAnAuthorityIsObjectedTo(String extension) throws Exception {
		Openssl.in(this.directory)
			.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "self.key", "-subj", "/CN=self", "-addext",
					extension, "-out", "self.crt");
		this.terminal.clock.advance(Duration.ofSeconds(5));
		Path certificate = this.directory.resolve("self.crt");
		String objection = certificate + ": the leaf CN=self is an authority (expected: basic constraints CA:FALSE;";
		assertThat(inspect(certificate)).isOne();
		assertThat(this.terminal.out()).contains("is           an authority", "for          anything", objection)
			.contains(extension.contains("DNS") ? "names        dns:localhost" : "names        none",
					extension.contains("DNS") ? "" : "has no subject alternative name");
		assertThat(this.terminal.type("check", "--cert", certificate.toString())).isOne();
		assertThat(this.terminal.out()).contains("NO   fit for a server", objection);
	}

	@Test
	void authorityIsNotObjectedTo() {
		assertThat(inspect(this.depot.certificate("CA"))).isZero();
		assertThat(this.terminal.out()).contains("is           an authority", "nothing to object to")
			.doesNotContain("names  ");
	}

	@Test
	void otherAuthorityIsObjectedTo(@TempDir Path elsewhere) {
		Terminal other = new Terminal(elsewhere);
		other.inDepot("init");
		String anchors = other.depot().certificate("CA").toString();
		assertThat(this.terminal.type("inspect", this.depot.certificate("server").toString(), "--ca-file", anchors))
			.isOne();
		assertThat(this.terminal.out()).contains("objection: " + anchors, "another key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "garbage", "-----BEGIN CERTIFICATE-----\nMIIB", "0" })
	void fileWithoutAnythingIsRefused(String content) throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), content);
		assertThat(inspect(file)).isOne();
		assertThat(this.terminal.err()).startsWith("error: " + file + ": ").contains("(expected: keys or certificates");
	}

	@Test
	void missingFileIsRefused() {
		assertThat(inspect(this.directory.resolve("missing"))).isOne();
		assertThat(this.terminal.err()).contains("missing: missing (expected: a file");
		assertThat(this.terminal.type("inspect", "bad\0name")).isEqualTo(2);
	}

	@Test
	void runningServerIsTold() throws Exception {
		Openssl.in(this.directory);
		try (OpensslServer server = OpensslServer.start(this.depot.directory(), "-cert", "server.crt", "-key",
				"server.key", "-CAfile", "CA.crt", "-Verify", "1", "-alpn", "h2")) {
			assertThat(this.terminal.type("inspect", server.address(), "--ca-file",
					this.depot.certificate("CA").toString()))
				.isZero();
			assertThat(this.terminal.out()).contains("TLSv1.3", "1. CN=server", "asks for a client's certificate: yes",
					"nothing to object to");
		}
	}

	@Test
	void runningServerIsObjectedTo() throws Exception {
		this.terminal.inDepot("issue", "elsewhere", "--server", "--dns", "example.com");
		Openssl.in(this.directory);
		try (OpensslServer server = OpensslServer.start(this.depot.directory(), "-cert", "elsewhere.crt", "-key",
				"elsewhere.key")) {
			assertThat(this.terminal.type("inspect", server.address())).isOne();
			assertThat(this.terminal.out()).contains("asks for a client's certificate: no",
					"its names are dns:example.com (expected: 127.0.0.1 among them)", "did not agree on h2");
		}
		assertThat(this.terminal.type("inspect", "127.0.0.1:1")).isOne();
		assertThat(this.terminal.err()).contains("127.0.0.1:1: nobody listens there");
	}

	@Test
	void serverThatIsNotThereIsCalledThat() {
		assertThat(this.terminal.type("inspect", "nowhere.invalid:443")).isOne();
		assertThat(this.terminal.err()).contains("nowhere.invalid:443: the host nowhere.invalid is unknown");
		assertThat(this.terminal.type("inspect", "localhost:99999")).isOne();
		assertThat(this.terminal.err()).contains("localhost:99999: missing (expected: a file, or a server as HOST:PORT",
				"such as localhost:50051");
	}

	@ParameterizedTest
	@CsvSource({ "SSH-2.0-server, what it answers is not TLS", "'', it closes the connection" })
	void portWithoutTlsIsCalledThat(String answer, String found) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
				try (Socket socket = server.accept()) {
					socket.getOutputStream()
						.write((answer + "\r\n").substring(answer.isEmpty() ? 2 : 0)
							.getBytes(StandardCharsets.US_ASCII));
					socket.shutdownOutput();
					socket.getInputStream().readAllBytes();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			});
			assertThat(this.terminal.type("inspect", "127.0.0.1:" + server.getLocalPort())).isOne();
			assertThat(this.terminal.err()).contains("no TLS handshake, " + found);
			assertThat(answered).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	private void starterReads(Path key) {
		MaterialLevel level = new MaterialLevel("secure-grpc.server", this.depot.certificate("server").toString(),
				key.toString(), "secret", null, null, null, null);
		Objects.requireNonNull(new MaterialSources(() -> {
			throw new IllegalStateException("no bundle is named");
		}).resolve(List.of(level), null)).load();
	}

	private int inspect(Path file) {
		return this.terminal.type("inspect", file.toString());
	}

}
