package io.github.securegrpc.sample.ledger.store;

import org.springframework.data.annotation.Id;

/**
 * A currency on record.
 *
 * @param code its code
 * @param decimals how many digits stand after the decimal point
 * @param turnover the debits of all transactions, in the smallest unit
 */
public record KnownCurrency(@Id String code, int decimals, long turnover) {
}
