package io.github.securegrpc.sample.ledger;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An indented line of a journal's transaction, before the currencies are known.
 *
 * @param line the number of the line in the file
 * @param account the account
 * @param amount the amount, or {@code null} to be inferred
 * @param comment the comment behind it; may be empty
 */
record JournalPosting(int line, String account, @Nullable JournalAmount amount, String comment) {

	private static final Pattern STATUS = Pattern.compile("^[*!]\\s*");

	private static final Pattern GAP = Pattern.compile("\\s{2,}|\\t");

	private static final Pattern AMOUNT_IN_NAME = Pattern
		.compile(".* (?:\\S* ?[-+]?|[-+]\\S* ?)\\d[\\d.,]*(?: ?\\S+)?");

	static JournalPosting parse(int line, String text) {
		int semicolon = text.indexOf(';');
		String comment = (semicolon < 0) ? "" : text.substring(semicolon + 1).strip();
		String posting = ((semicolon < 0) ? text : text.substring(0, semicolon)).strip();
		String[] parts = GAP.split(STATUS.matcher(posting).replaceFirst(""), 2);
		String account = requireAccount(parts[0]);
		String amount = (parts.length < 2) ? "" : parts[1].strip();
		if (amount.isEmpty() && AMOUNT_IN_NAME.matcher(account).matches()) {
			throw LedgerException.invalid("found \"%s\" (expected: two spaces between the account and the amount)",
					account);
		}
		return new JournalPosting(line, account, amount.isEmpty() ? null : requireAmount(amount), comment);
	}

	private static String requireAccount(String account) {
		if (account.startsWith("(") || account.startsWith("[")) {
			throw LedgerException.invalid("found the virtual posting \"%s\" (expected: an account without brackets, "
					+ "since every posting must balance)", account);
		}
		return Name.require("account", account);
	}

	private static JournalAmount requireAmount(String amount) {
		if (amount.matches(".*[@={].*")) {
			throw LedgerException.invalid("found \"%s\" (expected: an amount without price or balance assertion; "
					+ "exchange currencies through an account such as Equity:Conversion)", amount);
		}
		return JournalAmount.parse(amount)
			.orElseThrow(
					() -> LedgerException.invalid("found \"%s\" (expected: an amount such as -1,234.50 EUR)", amount));
	}

}
