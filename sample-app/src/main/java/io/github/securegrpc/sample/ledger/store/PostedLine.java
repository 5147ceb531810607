package io.github.securegrpc.sample.ledger.store;

/**
 * A line of a transaction on record.
 *
 * @param account the account that the amount goes to
 * @param description what this line is about; may be empty
 * @param currency the code of the currency
 * @param amount the amount in the currency's smallest unit
 */
public record PostedLine(String account, String description, String currency, long amount) {
}
