package io.github.securegrpc.certs.cli;

import java.nio.file.Path;

import picocli.CommandLine.Option;

import io.github.securegrpc.certs.Depot;

/**
 * Where keys and certificates are kept, and which authority is meant.
 */
final class DepotOptions {

	@Option(names = { "--depot", "--depot-path" }, paramLabel = "DIRECTORY",
			description = "Where keys and certificates are kept, as certstrap keeps them. Default: ${DEFAULT-VALUE}")
	private Path directory = Path.of("certs");

	@Option(names = { "--ca", "--CA" }, paramLabel = "NAME",
			description = "Name of the authority in the depot. Default: ${DEFAULT-VALUE}")
	private String authority = "CA";

	Depot depot() {
		return Depot.certstrap(this.directory);
	}

	String authority() {
		return this.authority;
	}

}
