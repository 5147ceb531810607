package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;

import io.github.securegrpc.material.Printable;

/**
 * The one way to the terminal for lines: whatever a file, a server or an argument put
 * into one, it does not steer the terminal, and stays one line.
 */
final class Lines {

	private Lines() {
	}

	static void say(PrintWriter terminal, String line) {
		terminal.println(Printable.line(line));
	}

}
