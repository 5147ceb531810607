package io.github.securegrpc.certs.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the passphrase of what is written comes from.
 */
final class NewPassphraseOptions {

	@Option(names = "--out-passphrase-file", paramLabel = "FILE",
			description = "File with the passphrase of the new file in its first line.")
	private @Nullable Path file;

	@Option(names = "--out-passphrase-env", paramLabel = "NAME",
			description = "Environment variable with the passphrase of the new file.")
	private @Nullable String variable;

	PassphraseOrigin origin(Surroundings surroundings) {
		return new PassphraseOrigin("--out-passphrase", this.file, this.variable, surroundings);
	}

}
