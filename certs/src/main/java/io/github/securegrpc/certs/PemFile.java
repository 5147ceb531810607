package io.github.securegrpc.certs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import io.github.securegrpc.certs.Pem.PemFormatException;
import io.github.securegrpc.material.RefusedException;

/**
 * Reads one key or one certificate of a file, and refuses by the file's name, never with
 * its content.
 */
final class PemFile {

	private static final int LARGEST = 1024 * 1024;

	private PemFile() {
	}

	static PrivateKey privateKey(Path file) {
		try {
			return Pem.privateKey(text(file));
		}
		catch (PemFormatException ex) {
			throw new RefusedException(
					"%s: %s (expected: an unencrypted PEM private key)".formatted(file, ex.getMessage()),
					"Restore the file, or convert it: openssl pkcs8 -topk8 -nocrypt -in %s".formatted(file));
		}
	}

	static X509Certificate certificate(Path file) {
		try {
			return Pem.certificate(text(file));
		}
		catch (PemFormatException ex) {
			throw new RefusedException("%s: %s (expected: a PEM certificate)".formatted(file, ex.getMessage()),
					"Restore the file.");
		}
	}

	private static String text(Path file) {
		try (InputStream content = Files.newInputStream(file)) {
			byte[] bytes = content.readNBytes(LARGEST + 1);
			if (bytes.length > LARGEST) {
				throw new RefusedException("%s: larger than 1 MiB (expected: one key or certificate)".formatted(file),
						"Name the right file.");
			}
			return new String(bytes, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new RefusedException("%s: cannot be read, %s (expected: a PEM file)".formatted(file, ex),
					"Make the file readable for the user of this process.", ex);
		}
	}

}
