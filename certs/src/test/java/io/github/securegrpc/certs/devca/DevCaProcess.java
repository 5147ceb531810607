package io.github.securegrpc.certs.devca;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * A start in a JVM of its own: prints the fingerprints of what both sides load.
 */
public final class DevCaProcess {

	private DevCaProcess() {
	}

	/**
	 * Loads both sides.
	 * @param arguments the directory, and the file to print to
	 * @throws IOException if the file cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		DevCertificates certificates = new DevCertificates(Path.of(arguments[0]), Duration.ofHours(24),
				Clock.systemUTC());
		Files.writeString(Path.of(arguments[1]),
				certificates.server().load().fingerprint() + " " + certificates.client().load().fingerprint());
	}

}
