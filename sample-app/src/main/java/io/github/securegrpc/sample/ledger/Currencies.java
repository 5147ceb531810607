package io.github.securegrpc.sample.ledger;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The currencies of a ledger and how much of each was ever moved. Not thread-safe: the
 * {@link Ledger} guards it.
 */
final class Currencies {

	/* As in GoDBLedger, whose client cannot add one over TLS. */
	private static final List<Currency> KNOWN = List.of(new Currency("USD", 2), new Currency("AUD", 2),
			new Currency("GBP", 2), new Currency("BTC", 8), new Currency("ETH", 9), new Currency("OXEN", 9));

	private final SortedMap<String, Currency> byCode = new TreeMap<>();

	/**
	 * The debits of all transactions. While these fit a {@code long}, so does every
	 * balance that any choice of accounts and days can come to.
	 */
	private CurrencySums turnover = new CurrencySums();

	Currencies() {
		KNOWN.forEach(this::add);
	}

	void add(Currency currency) {
		Currency existing = this.byCode.putIfAbsent(currency.code(), currency);
		if (existing != null && !existing.equals(currency)) {
			throw LedgerException.exists("currency: \"%s\" with %d decimals (expected: the %d decimals it already has)",
					currency.code(), currency.decimals(), existing.decimals());
		}
	}

	void remove(Currency currency) {
		this.byCode.remove(currency.code());
	}

	Optional<Currency> find(String code) {
		return Optional.ofNullable(this.byCode.get(code));
	}

	/**
	 * Counts a transaction in, or changes nothing when a currency is unknown or
	 * overflows.
	 * @param transaction the transaction about to be posted
	 */
	void countIn(JournalTransaction transaction) {
		CurrencySums counted = this.turnover.copy();
		for (JournalLine line : transaction.lines()) {
			Currency currency = line.amount().currency();
			if (!currency.equals(this.byCode.get(currency.code()))) {
				throw LedgerException.invalid("currency: \"%s\" (expected: one that AddCurrency made known)",
						currency.code());
			}
			if (line.amount().units() > 0) {
				counted.add(line.amount());
			}
		}
		this.turnover = counted;
	}

	void countOut(JournalTransaction transaction) {
		transaction.lines()
			.stream()
			.map(JournalLine::amount)
			.filter((amount) -> amount.units() > 0)
			.forEach((amount) -> this.turnover.add(amount.negated()));
	}

}
