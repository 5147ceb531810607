package io.github.securegrpc.certs.cli;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where the passphrase of a trust store comes from, by the names that {@code convert} has
 * for what it writes, or by those of every other command.
 */
final class TrustPassphraseOptions {

	@Option(names = { "--passphrase-file", "--out-passphrase-file" }, paramLabel = "FILE",
			description = "File with the passphrase of the trust store in its first line.")
	private @Nullable Path file;

	@Option(names = { "--passphrase-env", "--out-passphrase-env" }, paramLabel = "NAME",
			description = "Environment variable with the passphrase. Without file and variable, you are asked.")
	private @Nullable String variable;

	PassphraseOrigin origin(Surroundings surroundings) {
		return new PassphraseOrigin("--passphrase", this.file, this.variable, surroundings);
	}

}
