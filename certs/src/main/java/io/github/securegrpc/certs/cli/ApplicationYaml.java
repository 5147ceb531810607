package io.github.securegrpc.certs.cli;

import java.nio.file.Path;

import io.github.securegrpc.certs.Depot;

/**
 * The lines of an {@code application.yml} for what a depot holds.
 *
 * @param depot the depot
 * @param authority the name of the authority
 */
record ApplicationYaml(Depot depot, String authority) {

	String mutual(String server, String client) {
		return """
				secure-grpc:
				  server:
				    cert: %s
				    key: %s
				    ca: %s
				  client:
				    cert: %s
				    key: %s
				    ca: %s
				""".formatted(scalar(this.depot.certificate(server)), scalar(this.depot.key(server)),
				scalar(this.depot.certificate(this.authority)), scalar(this.depot.certificate(client)),
				scalar(this.depot.key(client)), scalar(this.depot.certificate(this.authority)));
	}

	// absolute, for who knows where the application will be started
	private static String scalar(Path file) {
		return "'" + file.toAbsolutePath().normalize().toString().replace("'", "''") + "'";
	}

}
