package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.Openssl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConvertCommand}: what comes back is the key that went in, and openssl
 * reads each step.
 */
class ConvertCommandTests {

	private final Terminal terminal;

	private final Depot depot;

	private final Openssl openssl;

	ConvertCommandTests(@TempDir Path directory) {
		this.terminal = new Terminal(directory);
		this.depot = this.terminal.depot();
		this.openssl = Openssl.in(directory);
		this.terminal.environment.put("OLD", "old secret");
		this.terminal.environment.put("NEW", "new secret");
	}

	@ParameterizedTest
	@CsvSource({ "EC_P256, SEC1, EC PRIVATE KEY", "EC_P256, PKCS8, PRIVATE KEY", "RSA_2048, PKCS1, RSA PRIVATE KEY",
			"RSA_2048, PKCS8, PRIVATE KEY", "ED25519, PKCS8, PRIVATE KEY" })
	void keySurvivesTheRoundTrip(String type, String form, String label) throws Exception {
		String key = issue(type);
		assertThat(convert(key, "other.key", "--to", form)).isZero();
		assertThat(Path.of(this.terminal.file("other.key"))).content().startsWith("-----BEGIN " + label + "-----");
		assertThat(publicKey("other.key", "none")).isEqualTo(publicKey(key, "none"));
		assertThat(convert(this.terminal.file("other.key"), "back.key", "--to", "PKCS8")).isZero();
		assertThat(privateKey("back.key")).isEqualTo(privateKey(key));
	}

	@ParameterizedTest
	@CsvSource({ "EC_P256, SEC1, DES-EDE3-CBC", "RSA_2048, PKCS1, DES-EDE3-CBC",
			"EC_P256, PKCS8, ENCRYPTED PRIVATE KEY", "RSA_2048, PKCS8, ENCRYPTED PRIVATE KEY",
			"ED25519, PKCS8, ENCRYPTED PRIVATE KEY" })
	void encryptedKeySurvivesTheRoundTrip(String type, String form, String mark) throws Exception {
		String key = issue(type);
		assertThat(convert(key, "other.key", "--to", form, "--out-passphrase-env", "NEW")).isZero();
		assertThat(Path.of(this.terminal.file("other.key"))).content().contains(mark);
		assertThat(publicKey("other.key", "new secret")).isEqualTo(publicKey(key, "none"));
		assertThat(convert(this.terminal.file("other.key"), "wrong.key", "--to", "PKCS8", "--passphrase-env", "OLD"))
			.isOne();
		assertThat(this.terminal.err()).contains("that the passphrase does not open").doesNotContain("secret");
		assertThat(Path.of(this.terminal.file("wrong.key"))).doesNotExist();
		assertThat(convert(this.terminal.file("other.key"), "back.key", "--to", "PKCS8", "--passphrase-env", "NEW"))
			.isZero();
		assertThat(privateKey("back.key")).isEqualTo(privateKey(key));
	}

	@ParameterizedTest
	@ValueSource(strings = { "EC_P256", "RSA_2048", "ED25519" })
	void pkcs12SurvivesTheRoundTrip(String type) throws Exception {
		String key = issue(type);
		String cert = this.depot.certificate("node").toString();
		assertThat(this.terminal.type("convert", key, cert, "--to", "pkcs12", "--out", this.terminal.file("node.p12"),
				"--alias", "mine", "--out-passphrase-env", "NEW"))
			.isZero();
		KeyStore store = KeyStore.getInstance(Path.of(this.terminal.file("node.p12")).toFile(),
				"new secret".toCharArray());
		assertThat(store.getCertificate("mine")).isEqualTo(this.depot.read("node").leaf());
		assertThat(this.openssl.run("pkcs12", "-in", "node.p12", "-noenc", "-passin", "pass:new secret"))
			.contains("BEGIN PRIVATE KEY", "BEGIN CERTIFICATE");
		assertThat(this.terminal.type("convert", this.terminal.file("node.p12"), "--to", "pkcs8", "--out",
				this.terminal.file("back.key"), "--cert-out", this.terminal.file("back.crt"), "--passphrase-env",
				"NEW"))
			.isZero();
		assertThat(privateKey("back.key")).isEqualTo(privateKey(key));
		assertThat(Path.of(this.terminal.file("back.crt"))).hasSameTextualContentAs(Path.of(cert));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "genrsa -traditional -out KEY 2048", "genrsa -traditional -des3 -passout pass:o -out KEY 2048",
					"ecparam -name prime256v1 -genkey -out KEY", "ecparam -name secp384r1 -genkey -noout -out KEY",
					"genpkey -algorithm ed25519 -out KEY", "genpkey -algorithm ed25519 -aes256 -pass pass:o -out KEY",
					"genpkey -algorithm ed25519 -outform DER -out KEY", "genrsa -out KEY 3072",
					"ecparam -name prime256v1 -genkey -noout -outform DER -out KEY" })
	void keyOfAnotherToolIsConverted(String command) throws Exception {
		this.openssl.run(command.replace("KEY", "foreign.key").split(" ", -1));
		this.terminal.environment.put("OLD", "o");
		assertThat(convert(this.terminal.file("foreign.key"), "ours.key", "--to", "PKCS8", "--passphrase-env", "OLD"))
			.as(this.terminal.err())
			.isZero();
		assertThat(Path.of(this.terminal.file("ours.key"))).content().startsWith("-----BEGIN PRIVATE KEY-----");
		assertThat(publicKey("ours.key", "none")).isEqualTo(publicKey("foreign.key", "o"));
	}

	@Test
	void derRsaKeyIsConverted() throws Exception {
		this.openssl.run("genrsa", "-out", "plain.key", "2048");
		this.openssl.run("rsa", "-in", "plain.key", "-traditional", "-outform", "DER", "-out", "rsa.der");
		assertThat(convert(this.terminal.file("rsa.der"), "ours.key", "--to", "PKCS8")).isZero();
		assertThat(publicKey("ours.key", "none")).isEqualTo(publicKey("plain.key", "none"));
	}

	@ParameterizedTest
	@CsvSource({ "EC_P256, PKCS1, RSA", "ED25519, SEC1, EC", "RSA_2048, SEC1, EC" })
	void encodingForAnotherKindOfKeyIsRefused(String type, String form, String holds) {
		assertThat(convert(issue(type), "other.key", "--to", form)).isOne();
		assertThat(this.terminal.err()).contains(form + " holds " + holds + " keys");
		assertThat(Path.of(this.terminal.file("other.key"))).doesNotExist();
	}

	@Test
	void existingFileIsNeverOverwritten() throws Exception {
		String key = issue("EC_P256");
		String content = Files.readString(Path.of(key));
		assertThat(this.terminal.type("convert", key, "--to", "sec1", "--out", key)).isOne();
		assertThat(this.terminal.err()).contains("node.key: exists");
		assertThat(Path.of(key)).hasContent(content);
	}

	@Test
	void whatAKilledConversionOfTheSameFileLeftIsRemoved() throws Exception {
		String key = issue("EC_P256");
		Path leftover = Files.writeString(Path.of(this.terminal.file(".other.key.1.secure-grpc.tmp")), "a whole key");
		Path another = Files.writeString(Path.of(this.terminal.file(".another.key.1.secure-grpc.tmp")),
				"being written");
		assertThat(convert(key, "other.key", "--to", "PKCS8")).isZero();
		assertThat(leftover).doesNotExist();
		assertThat(another).exists();
		assertThat(Path.of(this.terminal.file(".lock"))).doesNotExist();
	}

	@Test
	void convertedKeyIsForTheOwnerOnly() throws Exception {
		convert(issue("EC_P256"), "other.key", "--to", "SEC1");
		assertThat(
				PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(this.terminal.file("other.key")))))
			.isEqualTo("rw-------");
	}

	@Test
	void pkcs12NeedsACertificateAndAPassphrase() {
		String key = issue("EC_P256");
		assertThat(convert(key, "a.p12", "--to", "PKCS12", "--out-passphrase-env", "NEW")).isOne();
		assertThat(this.terminal.err()).contains("no certificate (expected: the key's, which PKCS#12 needs)");
		assertThat(this.terminal.type("convert", key, this.depot.certificate("node").toString(), "--to", "PKCS12",
				"--out", this.terminal.file("a.p12")))
			.isOne();
		assertThat(this.terminal.err()).contains("a.p12: needs a passphrase, and nobody is there to ask");
		assertThat(Path.of(this.terminal.file("a.p12"))).doesNotExist();
	}

	@Test
	void pkcs12HoldsNoKeyOfAnotherLeaf() {
		String key = issue("EC_P256");
		assertThat(this.terminal.type("convert", key, this.depot.certificate("CA").toString(), "--to", "PKCS12",
				"--out", this.terminal.file("a.p12"), "--out-passphrase-env", "NEW"))
			.isOne();
		assertThat(this.terminal.err()).contains("a.p12: not written, the key does not belong to CN=CA");
		assertThat(Path.of(this.terminal.file("a.p12"))).doesNotExist();
	}

	@Test
	void pkcs12WithAPassphraseThatJavaDoesNotTakeIsNotWritten() {
		String key = issue("EC_P256");
		this.terminal.environment.put("NEW", "s\u00e9cret");
		assertThat(this.terminal.type("convert", key, this.depot.certificate("node").toString(), "--to", "PKCS12",
				"--out", this.terminal.file("a.p12"), "--out-passphrase-env", "NEW"))
			.isOne();
		assertThat(this.terminal.err()).contains("a.p12: not written, a passphrase beyond ASCII")
			.doesNotContain("cret");
		assertThat(Path.of(this.terminal.file("a.p12"))).doesNotExist();
	}

	@Test
	void pkcs12WithoutAPassphraseIsReadAndNobodyIsAsked() throws Exception {
		String key = issue("EC_P256");
		this.openssl.run("pkcs12", "-export", "-inkey", key, "-in", this.depot.certificate("node").toString(),
				"-passout", "pass:", "-out", "open.p12");
		assertThat(convert(this.terminal.file("open.p12"), "back.key", "--to", "pkcs8")).isZero();
		assertThat(privateKey("back.key")).isEqualTo(privateKey(key));
		assertThat(this.terminal.questions).isEmpty();
	}

	private String issue(String type) {
		this.terminal.inDepot("init");
		assertThat(this.terminal.inDepot("issue", "node", "--key-type", type)).isZero();
		return this.depot.key("node").toString();
	}

	private int convert(String from, String to, String... options) {
		String[] command = { "convert", from, "--out", this.terminal.file(to) };
		return this.terminal.type(Stream.of(command, options).flatMap(Arrays::stream).toArray(String[]::new));
	}

	private String privateKey(String file) throws Exception {
		String key = this.openssl.run("pkey", "-in", file, "-noout", "-text");
		assertThat(key).contains("rivate");
		return key;
	}

	private String publicKey(String file, String passphrase) throws Exception {
		String key = this.openssl.run("pkey", "-in", file, "-pubout", "-passin", "pass:" + passphrase);
		assertThat(key).contains("BEGIN PUBLIC KEY");
		return key;
	}

}
