package io.github.securegrpc.sample.ledger.store;

/**
 * A tag on an account.
 *
 * @param tag the tag
 */
public record AccountTag(String tag) {
}
