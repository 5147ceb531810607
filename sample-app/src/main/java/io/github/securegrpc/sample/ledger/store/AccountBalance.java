package io.github.securegrpc.sample.ledger.store;

/**
 * What all lines of an account in a currency come to.
 *
 * @param account the account
 * @param currency the code of the currency
 * @param amount the sum, in the currency's smallest unit
 */
public record AccountBalance(String account, String currency, long amount) {
}
