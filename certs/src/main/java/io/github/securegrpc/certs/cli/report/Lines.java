package io.github.securegrpc.certs.cli.report;

import java.io.PrintWriter;

import io.github.securegrpc.text.Printable;

/**
 * The one way to the terminal for lines: whatever a file, a server or an argument put
 * into one, it does not steer the terminal, and stays one line.
 *
 * @since 0.1.0
 */
public final class Lines {

	private Lines() {
	}

	/**
	 * Prints a line.
	 * @param terminal where to print it
	 * @param line the line, whatever is in it
	 */
	public static void say(PrintWriter terminal, String line) {
		terminal.println(Printable.line(line));
	}

}
