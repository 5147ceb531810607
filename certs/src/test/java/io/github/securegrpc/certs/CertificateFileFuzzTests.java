package io.github.securegrpc.certs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.securegrpc.certs.Pem.PemFormatException;
import io.github.securegrpc.material.RefusedException;

/**
 * Fuzzes what parses a file of the user's. The build runs a few inputs; for more, set
 * {@code JAZZER_FUZZ=1} in the environment.
 */
class CertificateFileFuzzTests {

	@MethodSource("io.github.securegrpc.certs.PemPropertyTests#seeds")
	@FuzzTest(maxDuration = "10m", maxExecutions = 1_000_000)
	void fileIsReadOrRefused(byte[] content) {
		try {
			CertificateFile file = new CertificateFileParser(Path.of("file"), PassphraseSource.NONE).parse(content);
			file.keys().forEach((key) -> key.open(PassphraseSource.NONE));
			SigningRequest.of(Path.of("file"), Pem.request(new String(content, StandardCharsets.ISO_8859_1))).sans();
		}
		catch (PemFormatException | RefusedException ex) {
			// refused
		}
	}

}
