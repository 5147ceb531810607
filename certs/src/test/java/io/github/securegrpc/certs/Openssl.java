package io.github.securegrpc.certs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The openssl of this machine, in a directory.
 *
 * @param directory where it runs
 */
public record Openssl(Path directory) {

	/**
	 * Leaves the test out where there is no openssl.
	 * @param directory where it is to run
	 * @return openssl there
	 */
	public static Openssl in(Path directory) {
		boolean present = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch((path) -> Files.isExecutable(Path.of(path, "openssl")));
		assumeThat(present).as("openssl on the PATH").isTrue();
		return new Openssl(directory);
	}

	/**
	 * Runs a command to its end.
	 * @param arguments what stands after openssl
	 * @return what it prints, errors included
	 * @throws IOException if it cannot be started
	 * @throws InterruptedException if the test is interrupted
	 */
	public String run(String... arguments) throws IOException, InterruptedException {
		return ask("", arguments);
	}

	/**
	 * Runs a command to its end.
	 * @param input what it reads
	 * @param arguments what stands after openssl
	 * @return what it prints, errors included
	 * @throws IOException if it cannot be started
	 * @throws InterruptedException if the test is interrupted
	 */
	public String ask(String input, String... arguments) throws IOException, InterruptedException {
		Path question = Files.writeString(Files.createTempFile("openssl", ".in"), input);
		Path output = Files.createTempFile("openssl", ".out");
		Process process = new ProcessBuilder(
				Stream.concat(Stream.of("openssl"), Stream.of(arguments)).toArray(String[]::new))
			.directory(this.directory.toFile())
			.redirectInput(question.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("openssl ends").isTrue();
			return Files.readString(output);
		}
		finally {
			process.destroyForcibly();
			Files.delete(output);
			Files.delete(question);
		}
	}

}
