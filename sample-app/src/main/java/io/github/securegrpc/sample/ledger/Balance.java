package io.github.securegrpc.sample.ledger;

import java.util.List;

/**
 * What one account holds in one currency.
 *
 * @param account the account
 * @param tags the tags of the account
 * @param amount what it holds
 */
record Balance(String account, List<String> tags, Money amount) {

	Balance {
		tags = List.copyOf(tags);
	}

}
