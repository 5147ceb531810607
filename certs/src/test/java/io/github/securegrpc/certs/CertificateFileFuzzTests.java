package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.material.RefusedException;

/**
 * Fuzzes what reads a file of the user's. The build runs a few inputs; for more, set
 * {@code JAZZER_FUZZ=1} in the environment.
 */
class CertificateFileFuzzTests {

	private final Path file = Files.createTempFile("fuzz", null);

	CertificateFileFuzzTests() throws IOException {
	}

	@AfterEach
	void remove() throws IOException {
		Files.delete(this.file);
	}

	@MethodSource("io.github.securegrpc.certs.PemPropertyTests#seeds")
	@FuzzTest(maxDuration = "10m", maxExecutions = 1_000_000)
	void fileIsReadOrRefused(byte[] content) throws IOException {
		Files.write(this.file, content);
		try {
			CertificateFile found = CertificateFile.read(this.file, PassphraseSource.NONE);
			found.keys().forEach((key) -> key.open(PassphraseSource.NONE));
			SigningRequest.read(this.file).sans();
		}
		catch (RefusedException ex) {
			// refused
		}
	}

}
