package io.github.securegrpc.certs.cli;

import java.nio.file.Path;

import io.github.securegrpc.certs.Depot;

/**
 * The lines of an {@code application.yml} for what a depot holds.
 *
 * @param depot the depot
 * @param authority the name of the authority
 * @param revoked whether anything was revoked, so that its list is to be heeded
 */
record ApplicationYaml(Depot depot, String authority, boolean revoked) {

	String mutual(String server, String client) {
		return "secure-grpc:\n" + side("server", server) + side("client", client);
	}

	private String side(String side, String leaf) {
		return """
				  %s:
				    cert: %s
				    key: %s
				    ca: %s
				%s""".formatted(side, scalar(this.depot.certificate(leaf)), scalar(this.depot.key(leaf)),
				scalar(this.depot.certificate(this.authority)), crl());
	}

	// a list is out of date in thirty days, and nobody is accepted then
	private String crl() {
		return this.revoked ? "    crl: %s  # every 30 days: secure-grpc-certs revoke\n"
			.formatted(scalar(this.depot.revocations(this.authority))) : "";
	}

	// absolute, for who knows where the application will be started
	private static String scalar(Path file) {
		return "'" + file.toAbsolutePath().normalize().toString().replace("'", "''") + "'";
	}

}
