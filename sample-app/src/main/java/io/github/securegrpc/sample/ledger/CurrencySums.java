package io.github.securegrpc.sample.ledger;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One exact sum per currency. Not thread-safe.
 */
final class CurrencySums {

	private final SortedMap<Currency, Long> units = new TreeMap<>();

	static CurrencySums of(Iterable<Money> amounts) {
		CurrencySums sums = new CurrencySums();
		amounts.forEach(sums::add);
		return sums;
	}

	CurrencySums copy() {
		CurrencySums copy = new CurrencySums();
		copy.units.putAll(this.units);
		return copy;
	}

	void add(Money amount) {
		try {
			this.units.merge(amount.currency(), amount.units(), Math::addExact);
		}
		catch (ArithmeticException ex) {
			throw LedgerException.invalid("amount: %s makes the sum of %s overflow (expected: a sum of at most %s)",
					amount.amount(), amount.currency().code(), amount.currency().format(Long.MAX_VALUE));
		}
	}

	List<Money> totals() {
		return this.units.entrySet().stream().map((entry) -> new Money(entry.getKey(), entry.getValue())).toList();
	}

	List<Money> remainders() {
		return totals().stream().filter((total) -> total.units() != 0).toList();
	}

	@Override
	public String toString() {
		return totals().stream().map(Money::toString).collect(Collectors.joining(", "));
	}

}
