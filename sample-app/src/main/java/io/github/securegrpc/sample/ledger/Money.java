package io.github.securegrpc.sample.ledger;

/**
 * An exact amount. Positive is a debit, negative a credit.
 *
 * @param currency the currency of the amount
 * @param units the amount in the currency's smallest unit
 */
record Money(Currency currency, long units) {

	Money {
		if (units == Long.MIN_VALUE) {
			throw LedgerException.invalid("amount: %d (expected: more, for its reverse would be too large)", units);
		}
	}

	Money negated() {
		return new Money(this.currency, -this.units);
	}

	/**
	 * Returns the amount as people write it.
	 * @return the digits, without the currency
	 */
	String amount() {
		return this.currency.format(this.units);
	}

	@Override
	public String toString() {
		return this.currency.code() + " " + amount();
	}

}
