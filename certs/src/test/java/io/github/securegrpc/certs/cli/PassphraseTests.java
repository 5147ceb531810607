package io.github.securegrpc.certs.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.Openssl;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests where passphrases come from, and that they go nowhere else.
 */
class PassphraseTests {

	private static final String SECRET = "tr0ub4dor";

	private final Terminal terminal;

	private final Path file;

	PassphraseTests(@TempDir Path directory) throws Exception {
		this.terminal = new Terminal(directory);
		this.file = Files.writeString(directory.resolve("passphrase"), SECRET + "\r\nsecond line\n");
		this.terminal.environment.put("CA_PASSPHRASE", SECRET);
	}

	@Test
	void fileEnvironmentAndPromptAreTheSamePassphrase() {
		assertThat(this.terminal.inDepot("init", "--passphrase-file", this.file.toString())).isZero();
		assertThat(this.terminal.depot().key("CA")).content().contains("ENCRYPTED PRIVATE KEY");
		assertThat(this.terminal.inDepot("issue", "a", "--passphrase-file", this.file.toString())).isZero();
		assertThat(this.terminal.inDepot("issue", "b", "--passphrase-env", "CA_PASSPHRASE")).isZero();
		this.terminal.answers.add(SECRET);
		assertThat(this.terminal.inDepot("issue", "c")).isZero();
		assertThat(this.terminal.questions).containsExactly("Passphrase of " + this.terminal.depot().key("CA"));
		assertThat(this.terminal.depot().key("c")).content().contains("BEGIN PRIVATE KEY");
	}

	@ParameterizedTest
	@ValueSource(strings = { "init", "mutual" })
	void passphraseThatIsGivenEncryptsTheNewAuthority(String command) throws Exception {
		assertThat(this.terminal.inDepot(command, "--passphrase-file", this.file.toString())).isZero();
		Openssl openssl = Openssl.in(this.terminal.depot().directory());
		assertThat(openssl.run("pkey", "-in", "CA.key", "-noout", "-passin", "pass:wr0ng")).contains("Could not read");
		assertThat(openssl.run("pkey", "-in", "CA.key", "-noout", "-passin", "pass:" + SECRET)).isEmpty();
		assertThat(this.terminal.inDepot("mutual", "--passphrase-env", "CA_PASSPHRASE")).isZero();
		assertThat(this.terminal.err()).contains("Kept the authority CA");
	}

	@ParameterizedTest
	@ValueSource(strings = { "init", "mutual" })
	void keyInTheClearIsNotTakenUpForAnAuthorityWithAPassphrase(String command) throws Exception {
		this.terminal.inDepot("init");
		Files.delete(this.terminal.depot().certificate("CA"));
		assertThat(this.terminal.inDepot(command, "--passphrase-env", "CA_PASSPHRASE")).isOne();
		assertThat(this.terminal.err()).contains("CA.key: exists, and is not encrypted");
		assertThat(this.terminal.depot().certificate("CA")).doesNotExist();
	}

	@Test
	void newPassphraseIsAskedForTwice() {
		this.terminal.answers.add(SECRET);
		this.terminal.answers.add("something else");
		assertThat(this.terminal.inDepot("init", "--encrypt")).isOne();
		assertThat(this.terminal.err()).contains("CA.key: two different passphrases").doesNotContain(SECRET);
		assertThat(this.terminal.depot().directory()).doesNotExist();
		this.terminal.answers.add(SECRET);
		this.terminal.answers.add(SECRET);
		assertThat(this.terminal.inDepot("init", "--encrypt")).isZero();
		assertThat(this.terminal.inDepot("issue", "a", "--passphrase-env", "CA_PASSPHRASE")).isZero();
	}

	@Test
	void nobodyIsAskedForAKeyInTheClear() {
		this.terminal.inDepot("init");
		assertThat(this.terminal.inDepot("issue", "a")).isZero();
		assertThat(this.terminal.questions).isEmpty();
	}

	@Test
	void withoutAPassphraseNothingIsIssued() {
		this.terminal.inDepot("init", "--passphrase-env", "CA_PASSPHRASE");
		assertThat(this.terminal.inDepot("issue", "a")).isOne();
		assertThat(this.terminal.err()).contains("CA.key: needs a passphrase, and nobody is there to ask",
				"--passphrase-file FILE");
		assertThat(this.terminal.depot().key("a")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "--passphrase-env " + SECRET, "--passphrase " + SECRET, "--passphrase=" + SECRET,
			"--passphrase-file /nowhere --passphrase-env " + SECRET })
	void passphraseInTheWrongPlaceIsNotRepeated(String options) {
		this.terminal.inDepot("init", "--passphrase-env", "CA_PASSPHRASE");
		assertThat(this.terminal.inDepot(("issue a " + options).split(" ", -1))).isPositive();
		assertThat(this.terminal.err() + this.terminal.out()).startsWith("error: ").doesNotContain(SECRET);
	}

	@Test
	void fileBehindAnAtSignIsNotRead() {
		this.terminal.inDepot("init");
		assertThat(this.terminal.inDepot("issue", "a", "@" + this.file)).isEqualTo(2);
		assertThat(this.terminal.err()).doesNotContain(SECRET);
	}

	@Test
	void keyThatCertstrapEncryptedIsTakenUp() throws Exception {
		this.terminal.inDepot("init");
		this.terminal.inDepot("issue", "a", "--key-type", "RSA_2048");
		String key = this.terminal.depot().key("a").toString();
		this.terminal.type("convert", key, "--to", "pkcs1", "--out", this.terminal.file("legacy.key"),
				"--out-passphrase-env", "CA_PASSPHRASE");
		Files.delete(this.terminal.depot().certificate("a"));
		Files.move(Path.of(this.terminal.file("legacy.key")), Path.of(key), StandardCopyOption.REPLACE_EXISTING);
		assertThat(this.terminal.inDepot("issue", "a", "--key-type", "RSA_2048", "--passphrase-env", "CA_PASSPHRASE"))
			.isZero();
		assertThat(Path.of(key)).content().contains("Proc-Type: 4,ENCRYPTED");
		this.terminal.inDepot("check", "a", "--passphrase-env", "CA_PASSPHRASE");
		assertThat(this.terminal.out()).contains("yes  key belongs to the certificate");
		assertThat(this.terminal.out().lines().filter((line) -> line.startsWith("NO")))
			.containsExactly("NO   key is one that an application reads");
	}

	@Test
	void wrongPassphraseIsSaidWithoutIt() {
		this.terminal.inDepot("init", "--passphrase-env", "CA_PASSPHRASE");
		this.terminal.answers.add("wr0ng");
		assertThat(this.terminal.inDepot("issue", "a")).isOne();
		assertThat(this.terminal.err()).contains("CA.key: an encrypted private key that the passphrase does not open")
			.doesNotContain("wr0ng");
	}

	@Test
	void passphraseThatDoesNotDecodeEncryptsNothing() throws Exception {
		Files.write(this.file, "s\u00e9cret\n".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(this.terminal.inDepot("init", "--passphrase-file", this.file.toString())).isOne();
		this.terminal.environment.put("GARBLED", "s\ufffd\ufffdcret");
		assertThat(this.terminal.inDepot("init", "--passphrase-env", "GARBLED")).isOne();
		this.terminal.answers.add("s\ufffd\ufffdcret");
		this.terminal.answers.add("s\ufffd\ufffdcret");
		assertThat(this.terminal.inDepot("init", "--encrypt")).isOne();
		assertThat(this.terminal.err()).contains("characters that do not decode (expected: UTF-8)")
			.doesNotContain("cret");
		assertThat(this.terminal.depot().directory()).doesNotExist();
	}

	@Test
	void passphraseBeyondAsciiIsTheSameForOpenssl() throws Exception {
		Files.writeString(this.file, "\ufeffs\u00e9cret\n");
		assertThat(this.terminal.inDepot("init", "--passphrase-file", this.file.toString())).isZero();
		assertThat(Openssl.in(this.terminal.depot().directory())
			.run("pkey", "-in", "CA.key", "-noout", "-passin", "file:" + Files.writeString(this.file, "s\u00e9cret")))
			.isEmpty();
	}

	@Test
	void emptyOrMissingFileIsRefused() throws Exception {
		Files.writeString(this.file, "\n" + SECRET);
		assertThat(this.terminal.inDepot("init", "--passphrase-file", this.file.toString())).isOne();
		assertThat(this.terminal.err()).contains("its first line is empty").doesNotContain(SECRET);
		assertThat(this.terminal.inDepot("init", "--passphrase-file", this.file + "x")).isOne();
		assertThat(this.terminal.err()).contains("passphrasex: missing (expected: a file with the passphrase");
	}

}
