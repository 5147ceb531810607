package io.github.securegrpc.sample.ledger.store;

import java.sql.SQLException;

import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/**
 * Prints why the ledger cannot open its books, and what to do.
 */
final class BooksFailureAnalyzer implements FailureAnalyzer {

	private final @Nullable String url;

	BooksFailureAnalyzer(Environment environment) {
		this.url = environment.getProperty("spring.datasource.url");
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		FlywayException migration = null;
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException database) {
				return analysis(database.getMessage(), failure);
			}
			if (cause instanceof FlywayException other) {
				migration = other;
			}
		}
		return (migration != null) ? analysis(migration.getMessage(), failure) : null;
	}

	private FailureAnalysis analysis(@Nullable String reason, Throwable failure) {
		return new FailureAnalysis(
				("spring.datasource.url: \"%s\" cannot be opened (expected: the ledger's books, of this application "
						+ "alone when they are a file): %s")
					.formatted(place(), reason),
				"Stop the application that has the file open, or set sample.ledger.directory to another directory. "
						+ "For PostgreSQL, check spring.datasource.url, username and password. To begin with "
						+ "empty books, move the old ones away.",
				failure);
	}

	/* Without what follows the place, a password perhaps. */
	private String place() {
		return (this.url != null) ? this.url.replaceAll("[;?].*", "").replaceAll("//[^/]*@", "//") : "";
	}

}
