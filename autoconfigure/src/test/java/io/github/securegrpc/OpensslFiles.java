package io.github.securegrpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A directory of files that openssl makes in the test.
 *
 * @param directory where they are
 */
public record OpensslFiles(Path directory) {

	public static boolean isThere() {
		try {
			return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
		}
		catch (IOException | InterruptedException ex) {
			return false;
		}
	}

	public void run(String command) {
		try {
			List<String> words = new ArrayList<>(List.of("openssl"));
			words.addAll(List.of(command.split(" ", -1)));
			Process process = new ProcessBuilder(words).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(path("openssl.log").toFile())
				.start();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).as(Files.readString(path("openssl.log"), StandardCharsets.ISO_8859_1))
				.isZero();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/* A leaf for localhost that signs itself, with the key of a file. */
	public void selfSign(String key, String certificate) {
		run(("req -x509 -new -key %s -subj /CN=localhost -days 2 -addext subjectAltName=DNS:localhost "
				+ "-addext basicConstraints=critical,CA:FALSE -out %s")
			.formatted(key, certificate));
	}

	public Path path(String name) {
		return this.directory.resolve(name);
	}

	public String text(String name) {
		try {
			return Files.readString(path(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String[] server(String certificate, String key) {
		return new String[] { "secure-grpc.server.cert=" + path(certificate), "secure-grpc.server.key=" + path(key) };
	}

}
