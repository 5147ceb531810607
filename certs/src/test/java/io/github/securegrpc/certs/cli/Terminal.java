package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.MutableClock;

/**
 * Where a test types commands: with its own clock, environment and answers.
 */
final class Terminal {

	final MutableClock clock = new MutableClock();

	final Map<String, String> environment = new HashMap<>();

	final Deque<String> answers = new ArrayDeque<>();

	final List<String> questions = new ArrayList<>();

	private final Path directory;

	private StringWriter out = new StringWriter();

	private StringWriter err = new StringWriter();

	Terminal(Path directory) {
		this.directory = directory;
	}

	int type(String... arguments) {
		this.out = new StringWriter();
		this.err = new StringWriter();
		Surroundings surroundings = new Surroundings(this.clock, new PrintWriter(this.out), new PrintWriter(this.err),
				this.environment::get, (question) -> {
					this.questions.add(question);
					return this.answers.isEmpty() ? null : this.answers.remove().toCharArray();
				});
		int exitCode = SecureGrpcCerts.run(surroundings, arguments);
		surroundings.out().flush();
		surroundings.err().flush();
		return exitCode;
	}

	/**
	 * Types a command that works in this terminal's depot.
	 * @param arguments the command and its options
	 * @return the exit code
	 */
	int inDepot(String... arguments) {
		return type(Stream.concat(Stream.of(arguments), Stream.of("--depot", depot().directory().toString()))
			.toArray(String[]::new));
	}

	Depot depot() {
		return Depot.certstrap(this.directory.resolve("depot"));
	}

	String file(String name) {
		return this.directory.resolve(name).toString();
	}

	String out() {
		return this.out.toString();
	}

	String err() {
		return this.err.toString();
	}

}
