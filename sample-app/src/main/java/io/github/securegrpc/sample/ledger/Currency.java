package io.github.securegrpc.sample.ledger;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;

/**
 * A unit of account and how finely it divides.
 *
 * @param code the name that amounts carry, such as {@code EUR}
 * @param decimals how many digits stand after the decimal point
 */
record Currency(String code, int decimals) implements Comparable<Currency> {

	/** A {@code long} has no room for more. */
	static final int MOST_DECIMALS = 18;

	private static final Comparator<Currency> ORDER = Comparator.comparing(Currency::code)
		.thenComparingInt(Currency::decimals);

	Currency {
		Name.require("currency", code);
		if (decimals < 0 || decimals > MOST_DECIMALS) {
			throw LedgerException.invalid("decimals: %d (expected: 0 to %d)", decimals, MOST_DECIMALS);
		}
	}

	/**
	 * Returns the amount in the smallest unit, never rounded.
	 * @param amount the amount as people write it
	 * @return the same amount as money
	 */
	Money money(BigDecimal amount) {
		try {
			return new Money(this,
					amount.setScale(this.decimals, RoundingMode.UNNECESSARY).unscaledValue().longValueExact());
		}
		catch (ArithmeticException ex) {
			throw LedgerException.invalid("amount: %s %s (expected: at most %d decimals and at most %s)",
					amount.toPlainString(), this.code, this.decimals, format(Long.MAX_VALUE));
		}
	}

	String format(long units) {
		return BigDecimal.valueOf(units, this.decimals).toPlainString();
	}

	@Override
	public int compareTo(Currency other) {
		return ORDER.compare(this, other);
	}

}
