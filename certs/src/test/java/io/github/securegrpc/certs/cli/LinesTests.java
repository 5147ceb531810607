package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing steers the terminal, whichever command prints it.
 */
class LinesTests {

	private static final String TITLE = "\u001b]0;owned\u0007";

	private final Path directory;

	private final Terminal terminal;

	LinesTests(@TempDir Path directory) {
		this.directory = directory;
		this.terminal = new Terminal(directory);
	}

	@Test
	void encryptionThatAKeyNamesDoesNot() throws Exception {
		Path key = Files.writeString(this.directory.resolve("a.key"), """
				-----BEGIN RSA PRIVATE KEY-----
				Proc-Type: 4,ENCRYPTED
				DEK-Info: DES%s,0102030405060708

				AAAAAAAAAAA=
				-----END RSA PRIVATE KEY-----
				""".formatted(TITLE));
		this.terminal.type("inspect", key.toString());
		assertThat(this.terminal.out()).contains("legacy encryption with DES\\u{1b}]0;owned\\u{7}");
		assertPlain();
	}

	@Test
	void nameOfAFileDoesNot() throws Exception {
		Path depot = Files.createDirectory(this.directory.resolve("depot" + TITLE));
		assertThat(this.terminal.type("init", "--depot", depot.toString())).isZero();
		assertPlain();
		assertThat(this.terminal.type("issue", "leaf", "--depot", depot.toString())).isZero();
		assertPlain();
		assertThat(this.terminal.type("revoke", "leaf", "--depot", depot.toString())).isZero();
		assertPlain();
		assertThat(this.terminal.type("inspect", depot.resolve("leaf.crt").toString())).isZero();
		assertPlain();
		assertThat(this.terminal.type("convert", depot.resolve("leaf.key").toString(), "--to", "SEC1", "--out",
				depot.resolve("other").toString()))
			.isZero();
		assertPlain();
		assertThat(this.terminal.type("init", "--depot", depot.toString())).isOne();
		assertPlain();
	}

	@Test
	void argumentDoesNot() {
		this.terminal.type("inspect" + TITLE);
		assertPlain();
		this.terminal.type("init", "--" + TITLE);
		assertPlain();
		this.terminal.type("init", "--expires", TITLE);
		assertPlain();
		this.terminal.type("inspect", "127.0.0.1:1" + TITLE);
		assertPlain();
	}

	@Test
	void thereIsNoOtherWay() {
		JavaClasses classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.github.securegrpc.certs.cli");
		ArchRuleDefinition.noClasses()
			.that()
			.doNotHaveSimpleName("Lines")
			.should()
			.callMethod(PrintWriter.class, "println", String.class)
			.orShould()
			.callMethod(PrintWriter.class, "println", Object.class)
			.orShould()
			.callMethod(PrintWriter.class, "printf", String.class, Object[].class)
			.because("a line for the terminal passes Lines")
			.check(classes);
	}

	private void assertPlain() {
		assertThat(this.terminal.out() + this.terminal.err()).isNotEmpty().doesNotContain("\u001b", "\u0007");
	}

}
