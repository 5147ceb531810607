package io.github.securegrpc.sample.ledger;

import java.util.List;

/**
 * Every account's balance in every currency, which together must come to zero.
 *
 * @param balances the balances, by account and currency
 */
record TrialBalance(List<Balance> balances) {

	TrialBalance {
		balances = List.copyOf(balances);
	}

	/**
	 * Returns what all balances come to: zero in each currency if no money was made or
	 * lost.
	 * @return the sums
	 */
	CurrencySums sums() {
		return CurrencySums.of(this.balances.stream().map(Balance::amount).toList());
	}

}
