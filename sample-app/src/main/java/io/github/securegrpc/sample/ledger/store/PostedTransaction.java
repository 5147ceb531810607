package io.github.securegrpc.sample.ledger.store;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * A transaction on record, with its lines.
 *
 * @param identifier the name it was given when it was posted
 * @param entryDate the day it counts from, as in {@code 2026-01-31}
 * @param description what it is about; may be empty
 * @param voids the identifier of the transaction that this one reverses, if it does
 * @param lines its lines, in order
 */
public record PostedTransaction(@Id String identifier, String entryDate, String description, @Nullable String voids,
		List<PostedLine> lines) {

	public PostedTransaction {
		lines = List.copyOf(lines);
	}

}
