package io.github.securegrpc.certs;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.securegrpc.material.RefusedException;

/**
 * What a {@link Depot} refuses, in words.
 */
final class DepotRefusals {

	private DepotRefusals() {
	}

	static void missing(Path key, Path certificate) {
		if (Files.notExists(key) && Files.notExists(certificate)) {
			throw new RefusedException("%s: missing, and so is %s (expected: a private key and its certificate)"
				.formatted(key, certificate.getFileName()), "Create the pair first, or name another directory.");
		}
		if (Files.notExists(key)) {
			throw new RefusedException(
					"%s: missing (expected: the private key of %s)".formatted(key, certificate.getFileName()),
					"Restore the key from a backup; without it the certificate is of no use here.");
		}
		if (Files.notExists(certificate)) {
			throw new RefusedException(
					"%s: missing (expected: the certificate of %s)".formatted(certificate, key.getFileName()),
					"Create the pair again under the same name; the key that is there is kept.");
		}
	}

	static void requestWithoutKey(Path request, Path key) {
		if (Files.notExists(key)) {
			throw new RefusedException(
					"%s: exists, and %s does not (expected: both, or neither)".formatted(request, key.getFileName()),
					"Sign the request as it is, or choose another name.");
		}
	}

	static RefusedException inTheClear(Path key) {
		return new RefusedException(
				"%s: exists, and is not encrypted (expected: a key with the passphrase, or no file)".formatted(key),
				"Remove the key, of which there is no certificate, and run the command again.");
	}

}
