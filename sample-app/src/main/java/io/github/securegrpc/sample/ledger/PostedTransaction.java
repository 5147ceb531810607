package io.github.securegrpc.sample.ledger;

import org.jspecify.annotations.Nullable;

/**
 * A transaction on record.
 *
 * @param identifier the name it was given when it was posted
 * @param transaction what was posted
 * @param voids the identifier of the transaction that this one reverses, if it does
 */
record PostedTransaction(String identifier, JournalTransaction transaction, @Nullable String voids) {

	boolean uses(Currency currency) {
		return this.transaction.lines().stream().anyMatch((line) -> line.amount().currency().equals(currency));
	}

	boolean uses(String account) {
		return this.transaction.lines().stream().anyMatch((line) -> line.account().equals(account));
	}

}
