package io.github.securegrpc.certs.cli;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

import io.github.securegrpc.certs.cli.report.Lines;
import io.github.securegrpc.material.RefusedException;

/**
 * Says what went wrong in one sentence and what to do in another, without a stack trace.
 *
 * @param err where to say it
 */
record Failures(PrintWriter err) implements IParameterExceptionHandler, IExecutionExceptionHandler {

	static final int NOT_DONE = 1;

	static final int NOT_UNDERSTOOD = 2;

	@Override
	public int handleParseException(ParameterException ex, String[] arguments) {
		CommandLine command = ex.getCommandLine();
		if (ex instanceof UnmatchedArgumentException unmatched) {
			String suggestions = String.join(" or ", unmatched.getSuggestions());
			say("unknown: %s (expected: a command or option%s)".formatted(unknown(unmatched.getUnmatched().get(0)),
					suggestions.isEmpty() ? "" : " such as " + suggestions));
		}
		else {
			say(ex.getMessage());
		}
		hint("See %s --help".formatted(command.getCommandSpec().qualifiedName()));
		return NOT_UNDERSTOOD;
	}

	// what stands behind it may be a passphrase in the wrong place
	private static String unknown(String argument) {
		int value = argument.indexOf('=');
		return (value > 0) ? argument.substring(0, value) : argument;
	}

	@Override
	public int handleExecutionException(Exception ex, CommandLine command, ParseResult result) {
		if (ex instanceof RefusedException refusal) {
			refused(refusal);
			return NOT_DONE;
		}
		if (ex instanceof IllegalArgumentException) {
			say(ex.getMessage());
			hint("See %s --help".formatted(command.getCommandSpec().qualifiedName()));
			return NOT_UNDERSTOOD;
		}
		// its message might quote what nobody should read
		say("%s failed unexpectedly with %s".formatted(command.getCommandSpec().qualifiedName(),
				ex.getClass().getSimpleName()));
		hint("Report it with the command, but without passphrases and keys.");
		return NOT_DONE;
	}

	void refused(RefusedException refusal) {
		say(refusal.getMessage());
		hint(refusal.action());
	}

	private void say(@Nullable String sentence) {
		Lines.say(this.err, "error: " + sentence);
	}

	private void hint(String sentence) {
		Lines.say(this.err, "  " + sentence);
		this.err.flush();
	}

}
