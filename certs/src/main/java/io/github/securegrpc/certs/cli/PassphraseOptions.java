package io.github.securegrpc.certs.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the passphrase of what is read comes from.
 */
final class PassphraseOptions {

	@Option(names = "--passphrase-file", paramLabel = "FILE",
			description = "File with the passphrase of the encrypted key in its first line.")
	private @Nullable Path file;

	@Option(names = "--passphrase-env", paramLabel = "NAME",
			description = "Environment variable with the passphrase. Without file and variable, you are asked.")
	private @Nullable String variable;

	PassphraseOrigin origin(Surroundings surroundings) {
		return new PassphraseOrigin("--passphrase", this.file, this.variable, surroundings);
	}

}
