package io.github.securegrpc.application;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program of this machine that nobody here wrote.
 */
record Program(Path executable) {

	/* On the PATH, and where Debian has its servers. */
	static Optional<Program> find(String name) {
		return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
			.map((directory) -> Path.of(directory).resolve(name))
			.filter(Files::isExecutable)
			.findFirst()
			.map(Program::new);
	}

	static boolean isThere(String name) {
		return find(name).isPresent();
	}

	static Program of(String name) {
		return find(name).orElseThrow();
	}

	/* What it says until it ends, at most a minute later. */
	Answer run(String... arguments) throws Exception {
		Process process = new ProcessBuilder(
				Stream.concat(Stream.of(this.executable.toString()), Stream.of(arguments)).toList())
			.redirectErrorStream(true)
			.start();
		try {
			process.getOutputStream().close();
			CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", this.executable).isTrue();
			return new Answer(process.exitValue(), output.get(10, TimeUnit.SECONDS));
		}
		finally {
			process.destroyForcibly();
		}
	}

	/* Runs until it is ended; what it says goes to the log. */
	Process start(Path log, List<String> arguments) throws IOException {
		return new ProcessBuilder(Stream.concat(Stream.of(this.executable.toString()), arguments.stream()).toList())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
	}

	private static String read(Process process) {
		try {
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/**
	 * How a program ended.
	 *
	 * @param exitCode zero when all was well
	 * @param output what it wrote, errors too
	 */
	record Answer(int exitCode, String output) {
	}

}
