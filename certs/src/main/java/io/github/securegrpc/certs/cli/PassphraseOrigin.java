package io.github.securegrpc.certs.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.certs.file.FileFault;
import io.github.securegrpc.certs.key.Passphrase;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.Printable;

/**
 * Where a passphrase comes from. Neither it nor the value of a variable is ever printed.
 *
 * @param option what the options' names begin with
 * @param file the file that holds it in its first line, or {@code null}
 * @param variable the environment variable that holds it, or {@code null}
 * @param surroundings where to look it up, and whom to ask otherwise
 */
record PassphraseOrigin(String option, @Nullable Path file, @Nullable String variable,
		Surroundings surroundings) implements PassphraseSource {

	private static final int LONGEST = 4096;

	private static final String BYTE_ORDER_MARK = "\ufeff";

	private static final char REPLACEMENT = '\ufffd';

	PassphraseOrigin {
		if (file != null && variable != null) {
			throw new IllegalArgumentException(
					"%s-file and %s-env: both given (expected: one of them)".formatted(option, option));
		}
	}

	boolean isGiven() {
		return this.file != null || this.variable != null;
	}

	@Override
	public @Nullable Passphrase find(Path encrypted) {
		if (this.file != null) {
			return fromFile(this.file);
		}
		if (this.variable != null) {
			return fromEnvironment(this.variable);
		}
		char[] answer = this.surroundings.prompt().ask("Passphrase of " + Printable.line(encrypted));
		if (answer == null) {
			throw unasked(encrypted);
		}
		return (answer.length > 0) ? Passphrase.of(decoded(answer)) : null;
	}

	// for a file that is to be written, a person is asked twice
	Passphrase choose(Path encrypted) {
		Passphrase given = isGiven() ? find(encrypted) : null;
		if (given != null) {
			return given;
		}
		char[] answer = this.surroundings.prompt().ask("New passphrase of " + Printable.line(encrypted));
		if (answer == null) {
			throw unasked(encrypted);
		}
		char[] again = this.surroundings.prompt().ask("Once more");
		if (again == null || !Arrays.equals(answer, again)) {
			throw new RefusedException("%s: two different passphrases (expected: the same twice)".formatted(encrypted),
					"Run the command again.");
		}
		return Passphrase.of(decoded(answer));
	}

	private Passphrase fromFile(Path path) {
		try (InputStream content = Files.newInputStream(path)) {
			String text = new String(content.readNBytes(LONGEST), StandardCharsets.UTF_8);
			String line = text.substring(text.startsWith(BYTE_ORDER_MARK) ? 1 : 0).lines().findFirst().orElse("");
			if (line.isEmpty()) {
				throw new RefusedException(
						"%s-file %s: its first line is empty (expected: a passphrase)".formatted(this.option, path),
						"Write the passphrase into the first line.");
			}
			return Passphrase.of(decoded(line.toCharArray()));
		}
		catch (IOException ex) {
			FileFault fault = new FileFault(path, ex);
			throw new RefusedException("%s-file %s: %s (expected: a file with the passphrase in its first line)"
				.formatted(this.option, path, fault.found()), fault.action());
		}
	}

	private Passphrase fromEnvironment(String name) {
		String value = this.surroundings.environment().get(name);
		if (value == null || value.isEmpty()) {
			// who put the passphrase itself there must not find it in a log
			throw new RefusedException(
					"%s-env: names an environment variable that is not set (expected: the name of one that is)"
						.formatted(this.option),
					"Export the variable, and give its name, not its value.");
		}
		return Passphrase.of(decoded(value.toCharArray()));
	}

	/*
	 * What did not decode is replaced in silence, and a key would be encrypted with
	 * something that nobody knows.
	 */
	private char[] decoded(char[] characters) {
		for (char character : characters) {
			if (character == REPLACEMENT) {
				throw new RefusedException(
						"%s: a passphrase with characters that do not decode (expected: UTF-8)".formatted(this.option),
						"Write it as UTF-8 into the first line of a file for %s-file, or set LC_ALL to a locale with UTF-8."
							.formatted(this.option));
			}
		}
		return characters;
	}

	private RefusedException unasked(Path encrypted) {
		return new RefusedException(
				"%s: needs a passphrase, and nobody is there to ask (expected: %s-file, %s-env or a terminal)"
					.formatted(encrypted, this.option, this.option),
				"Write the passphrase into the first line of a file that only you may read: %s-file FILE."
					.formatted(this.option));
	}

	@Override
	public String toString() {
		return "PassphraseOrigin[%s]".formatted(this.option);
	}

}
