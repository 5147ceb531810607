package io.github.securegrpc.sample.ledger;

/**
 * One side of a transaction.
 *
 * @param account the account that the amount goes to
 * @param description what this line is about; may be empty
 * @param amount the amount, negative when it leaves the account
 */
record JournalLine(String account, String description, Money amount) {

	JournalLine {
		Name.require("accountname", account);
	}

	JournalLine reversed() {
		return new JournalLine(this.account, this.description, this.amount.negated());
	}

}
