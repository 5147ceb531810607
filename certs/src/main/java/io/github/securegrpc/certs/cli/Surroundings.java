package io.github.securegrpc.certs.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Clock;

import org.jspecify.annotations.Nullable;

/**
 * What a command finds around it.
 *
 * @param clock the time
 * @param out where results go
 * @param err where errors and hints go
 * @param environment the environment variables
 * @param prompt asks a person for a passphrase
 */
record Surroundings(Clock clock, PrintWriter out, PrintWriter err, Environment environment, Prompt prompt) {

	// from JDK 22 on, a console without a terminal answers null when it is read
	@SuppressWarnings("SystemConsoleNull")
	static Surroundings ofThisProcess() {
		Console console = System.console();
		Charset charset = (console != null) ? console.charset() : Charset.defaultCharset();
		return new Surroundings(Clock.systemUTC(), new PrintWriter(System.out, true, charset),
				new PrintWriter(System.err, true, charset), System::getenv,
				(question) -> (console != null) ? console.readPassword("%s: ", question) : null);
	}

	/**
	 * The environment variables.
	 */
	@FunctionalInterface
	interface Environment {

		@Nullable String get(String name);

	}

	/**
	 * Asks a person for a passphrase.
	 */
	@FunctionalInterface
	interface Prompt {

		/**
		 * Asks.
		 * @param question what to ask
		 * @return the answer, or {@code null} if nobody is there
		 */
		char @Nullable [] ask(String question);

	}

}
