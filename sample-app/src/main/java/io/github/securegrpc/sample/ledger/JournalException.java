package io.github.securegrpc.sample.ledger;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A journal that cannot be read: which file, which line, what was expected.
 */
final class JournalException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private JournalException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	static JournalException at(String source, int line, String problem) {
		return new JournalException("%s, line %d: %s".formatted(source, line, problem), null);
	}

	static JournalException unreadable(String source, IOException cause) {
		return new JournalException(
				"%s: cannot be read: %s (expected: a plain-text journal in UTF-8)".formatted(source, cause), cause);
	}

}
