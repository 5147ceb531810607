package io.github.securegrpc.sample.ledger;

/**
 * Names one line of a posted transaction, in writing {@code identifier/2}.
 *
 * @param transaction the identifier of the transaction
 * @param place the place of the line, from 1 on
 */
record LineReference(String transaction, int place) {

	static LineReference parse(String text) {
		int slash = text.lastIndexOf('/');
		String place = text.substring(slash + 1);
		if (slash < 1 || !place.matches("[1-9][0-9]{0,8}")) {
			throw LedgerException.invalid("splitID: \"%.100s\" (expected: a transaction's identifier, a slash and the "
					+ "place of the line from 1 on)", text);
		}
		return new LineReference(text.substring(0, slash), Integer.parseInt(place));
	}

	@Override
	public String toString() {
		return this.transaction + "/" + this.place;
	}

}
