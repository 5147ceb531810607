package io.github.securegrpc.sample.ledger;

/**
 * What a name of an account, currency or tag may look like: short and printable, so that
 * it fits a log line, a table and a status message. And what a description may.
 */
final class Name {

	private static final int LONGEST = 200;

	private static final int LONGEST_DESCRIPTION = 10_000;

	private Name() {
	}

	/**
	 * Returns the given name if it can be one.
	 * @param field the name of the field that holds it, for the message
	 * @param name the name to check
	 * @return the name as it was given
	 */
	static String require(String field, String name) {
		if (name.isBlank()) {
			throw LedgerException.invalid("%s: missing (expected: a name)", field);
		}
		if (name.length() > LONGEST) {
			throw LedgerException.invalid("%s: %d characters long (expected: %d at most)", field, name.length(),
					LONGEST);
		}
		if (name.chars().anyMatch(Character::isISOControl) || !name.equals(name.strip())) {
			throw LedgerException.invalid("%s: has a control character or a space at an end (expected: neither)",
					field);
		}
		return name;
	}

	/**
	 * Returns the given description if it can be one.
	 * @param description what a transaction or a line is about; may be empty
	 * @return the description as it was given
	 */
	static String requireDescription(String description) {
		if (description.length() > LONGEST_DESCRIPTION || description.indexOf('\0') >= 0) {
			throw LedgerException.invalid("description: %d characters long (expected: %d at most, none of them NUL)",
					description.length(), LONGEST_DESCRIPTION);
		}
		return description;
	}

}
