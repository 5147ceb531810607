package io.github.securegrpc.certs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another language, if this machine has it, and a script in it.
 *
 * @param program what runs it
 * @param option what lets it run one line
 * @param probe the line that needs what the script needs
 * @param script the script, a resource beside this class
 */
record ForeignLanguage(String program, String option, String probe, String script) {

	boolean isThere(Path directory) {
		try {
			return start(directory, List.of(this.program, this.option, this.probe)).waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Runs the script with the directory as its first argument.
	 * @param directory where it finds its files
	 * @param arguments what stands behind the directory
	 * @return what it prints
	 */
	String run(Path directory, String... arguments) throws IOException, InterruptedException {
		Process process = start(directory,
				Stream
					.concat(Stream.of(this.program, copyScript(directory).toString(), directory.toString()),
							Stream.of(arguments))
					.toList());
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", this.program).isTrue();
			return Files.readString(directory.resolve("output"));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private Path copyScript(Path directory) throws IOException {
		Path copy = directory.resolve(this.script);
		try (InputStream content = Objects.requireNonNull(ForeignLanguage.class.getResourceAsStream(this.script))) {
			Files.write(copy, content.readAllBytes());
		}
		return copy;
	}

	private static Process start(Path directory, List<String> command) throws IOException {
		return new ProcessBuilder(command).redirectOutput(directory.resolve("output").toFile())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

}
