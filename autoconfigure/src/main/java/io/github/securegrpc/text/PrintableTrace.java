package io.github.securegrpc.text;

import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception in a log: its stack trace and causes, their messages as lines.
 */
final class PrintableTrace extends Exception {

	private static final long serialVersionUID = 1L;

	/* Causes may go in a circle. */
	private static final int DEEPEST = 16;

	PrintableTrace(Throwable thrown) {
		this(thrown, 1);
	}

	private PrintableTrace(Throwable thrown, int depth) {
		super(Printable.line(thrown), cause(thrown, depth));
		setStackTrace(thrown.getStackTrace());
	}

	private static @Nullable Throwable cause(Throwable thrown, int depth) {
		Throwable cause = thrown.getCause();
		return (cause != null && depth < DEEPEST) ? new PrintableTrace(cause, depth + 1) : null;
	}

}
