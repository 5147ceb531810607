package io.github.securegrpc.certs.cli;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what every command says of a file that it cannot read: what it is instead, never
 * the name of an exception.
 */
class UnreadableFileTests {

	private final Path directory;

	private final Terminal terminal;

	UnreadableFileTests(@TempDir Path directory) {
		this.directory = directory;
		this.terminal = new Terminal(directory);
	}

	@BeforeEach
	void issue() {
		this.terminal.inDepot("mutual");
	}

	@ParameterizedTest
	@ValueSource(strings = { "inspect FILE", "inspect CERT --ca-file FILE", "check --cert FILE",
			"check server --depot DEPOT --key FILE", "check server --depot DEPOT --ca-file FILE",
			"check server --depot DEPOT --crl-file FILE", "convert FILE --to pkcs8 --out OUT",
			"convert KEY FILE --to pkcs8 --out OUT", "convert KEY --to pkcs8 --out OUT --out-passphrase-file FILE",
			"init --depot DEPOT --ca B --passphrase-file FILE" })
	void fileIsCalledWhatItIs(String command) throws Exception {
		Path file = this.directory.resolve("file");
		assertSays(command, file, "missing (expected: ");
		Files.createSymbolicLink(file, this.directory.resolve("nothing"));
		assertSays(command, file, "a link to a file that is missing (expected: ");
		Files.delete(file);
		Files.createDirectory(file);
		assertSays(command, file, "a directory (expected: ");
		Files.delete(file);
		Files.createFile(file);
		assertSays(command, file.resolve("file"), "missing, for " + file + " is no directory (expected: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "issue a", "renew server", "revoke server", "revoke", "check server" })
	void depotThatIsNoneIsCalledThat(String command) throws Exception {
		String depot = Files.createFile(this.directory.resolve("file")).toString();
		assertThat(this.terminal.type((command + " --depot " + depot).split(" ", -1))).isOne();
		assertThat(this.terminal.err()).contains(": missing, for " + depot + " is no directory (expected: ");
		assertThat(this.terminal.type((command + " --depot " + depot + "s").split(" ", -1))).isOne();
		assertThat(this.terminal.err()).contains(": missing").doesNotContain("Exception");
	}

	@Test
	void directoryThatCannotBeMadeIsCalledThat() throws Exception {
		String file = Files.createFile(this.directory.resolve("file")).toString();
		for (String depot : new String[] { file, file + "/depot" }) {
			assertThat(this.terminal.type("init", "--depot", depot)).isOne();
			assertThat(this.terminal.err()).contains(depot + ": cannot be written, ", " is no directory (expected: ");
		}
	}

	private void assertSays(String command, Path file, String words) {
		String line = command.replace("FILE", file.toString())
			.replace("CERT", this.terminal.depot().certificate("server").toString())
			.replace("KEY", this.terminal.depot().key("server").toString())
			.replace("DEPOT", this.terminal.depot().directory().toString())
			.replace("OUT", this.terminal.file("out"));
		assertThat(this.terminal.type(line.split(" ", -1))).as(command).isOne();
		assertThat(this.terminal.err()).as(command)
			.contains(file + ": " + words)
			.doesNotContain("Exception")
			.hasLineCount(2);
	}

}
