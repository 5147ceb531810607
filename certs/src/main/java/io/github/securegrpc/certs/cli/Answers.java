package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;
import java.util.List;

import io.github.securegrpc.certs.cli.report.Lines;
import io.github.securegrpc.material.RefusedException;

/**
 * The answers to several questions, each yes or no with the reason.
 */
final class Answers {

	private final PrintWriter out;

	private boolean no;

	Answers(PrintWriter out) {
		this.out = out;
	}

	void add(String statement, Runnable rule) {
		try {
			rule.run();
			add(statement, List.of());
		}
		catch (RefusedException ex) {
			add(statement, List.of(ex));
		}
	}

	void add(String statement, List<RefusedException> objections) {
		Lines.say(this.out, (objections.isEmpty() ? "yes  " : "NO   ") + statement);
		for (RefusedException objection : objections) {
			this.no = true;
			Lines.say(this.out, "     " + objection.getMessage());
			Lines.say(this.out, "     " + objection.action());
		}
		this.out.flush();
	}

	int exitCode() {
		return this.no ? Failures.NOT_DONE : 0;
	}

}
