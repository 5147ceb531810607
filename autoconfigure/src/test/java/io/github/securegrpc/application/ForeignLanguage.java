package io.github.securegrpc.application;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The gRPC of another language, and a script in it that is a client or a server.
 *
 * @param program what runs it
 * @param option what has it run one line
 * @param probe the line that needs what the script needs
 * @param script the script, a resource beside this class
 */
record ForeignLanguage(String program, String option, String probe, String script) {

	/*
	 * Node with grpc-js on the NODE_PATH, and grpcio, which Debian has for its own Python
	 * only.
	 */
	static Stream<ForeignLanguage> ofThisMachine() {
		return Stream
			.of(new ForeignLanguage("node", "-e", "require('@grpc/grpc-js')", "peer.js"),
					new ForeignLanguage("/usr/bin/python3", "-c", "import grpc", "peer.py"))
			.filter(ForeignLanguage::isThere);
	}

	private boolean isThere() {
		try {
			return Program.isThere(this.program)
					&& Program.of(this.program).run(this.option, this.probe).exitCode() == 0;
		}
		catch (Exception ex) {
			throw new IllegalStateException(this.program, ex);
		}
	}

	/* Runs until it is done; what it says goes to the log. */
	Process start(Path directory, Path log, String... arguments) throws IOException {
		Path copy = directory.resolve(this.script);
		try (InputStream content = Objects.requireNonNull(ForeignLanguage.class.getResourceAsStream(this.script))) {
			Files.write(copy, content.readAllBytes());
		}
		return Program.of(this.program)
			.start(log, Stream.concat(Stream.of(copy.toString()), Stream.of(arguments)).toList());
	}

	List<String> run(Path directory, String... arguments) throws Exception {
		Path log = directory.resolve(this.script + ".log");
		Process process = start(directory, log, arguments);
		try {
			process.onExit().get(60, TimeUnit.SECONDS);
			return Files.readAllLines(log);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Override
	public String toString() {
		return this.program;
	}

}
