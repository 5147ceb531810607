package io.github.securegrpc.sample.ledger;

import java.util.List;

/**
 * What a journal file says.
 *
 * @param currencies the currencies, in the order in which they appear
 * @param accounts the accounts that are declared, with their tags
 * @param transactions the transactions, in the order of the file
 */
record Journal(List<Currency> currencies, List<Account> accounts, List<JournalTransaction> transactions) {

	Journal {
		currencies = List.copyOf(currencies);
		accounts = List.copyOf(accounts);
		transactions = List.copyOf(transactions);
	}

	/**
	 * An account directive.
	 *
	 * @param name the name of the account
	 * @param tags its tags
	 */
	record Account(String name, List<String> tags) {

		Account {
			Name.require("account", name);
			tags = List.copyOf(tags);
		}

	}

}
