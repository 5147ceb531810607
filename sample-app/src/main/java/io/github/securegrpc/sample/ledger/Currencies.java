package io.github.securegrpc.sample.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.securegrpc.sample.ledger.store.CurrencyTable;
import io.github.securegrpc.sample.ledger.store.KnownCurrency;

/**
 * The rules of currencies and of how much of each may ever be moved, to be asked within a
 * change of the books. The turnover is the debits of all transactions: while these fit a
 * {@code long}, so does every balance that any choice of accounts and days can come to.
 */
final class Currencies {

	private final CurrencyTable table;

	Currencies(CurrencyTable table) {
		this.table = table;
	}

	void add(Currency currency) {
		Optional<Currency> existing = find(currency.code());
		if (existing.isEmpty()) {
			this.table.insert(new KnownCurrency(currency.code(), currency.decimals(), 0));
		}
		else if (!existing.get().equals(currency)) {
			throw LedgerException.exists("currency: \"%s\" with %d decimals (expected: the %d decimals it already has)",
					currency.code(), currency.decimals(), existing.get().decimals());
		}
	}

	void remove(String code) {
		Name.require("currency", code);
		if (find(code).isEmpty()) {
			throw LedgerException.unknown("currency: \"%s\" (expected: a currency of this ledger)", code);
		}
		if (this.table.isUsed(code)) {
			throw LedgerException.inUse("currency: \"%s\" is used by transactions (expected: delete those first)",
					code);
		}
		this.table.delete(code);
	}

	Optional<Currency> find(String code) {
		return this.table.find(code).map(Currencies::currency);
	}

	Map<String, Currency> all() {
		return this.table.findAll().stream().collect(Collectors.toMap(KnownCurrency::code, Currencies::currency));
	}

	/**
	 * Counts a transaction in, or throws when a currency is unknown or overflows.
	 * @param transaction the transaction about to be posted
	 */
	void countIn(JournalTransaction transaction) {
		CurrencySums turnover = turnover(transaction);
		transaction.lines()
			.stream()
			.map(JournalLine::amount)
			.filter((amount) -> amount.units() > 0)
			.forEach(turnover::add);
		update(turnover);
	}

	void countOut(JournalTransaction transaction) {
		CurrencySums turnover = turnover(transaction);
		transaction.lines()
			.stream()
			.map(JournalLine::amount)
			.filter((amount) -> amount.units() > 0)
			.forEach((amount) -> turnover.add(amount.negated()));
		update(turnover);
	}

	/* Of the currencies of the transaction, as on record. */
	private CurrencySums turnover(JournalTransaction transaction) {
		CurrencySums turnover = new CurrencySums();
		Map<String, Currency> known = new TreeMap<>();
		for (JournalLine line : transaction.lines()) {
			Currency currency = line.amount().currency();
			Currency existing = known.computeIfAbsent(currency.code(), (code) -> {
				KnownCurrency found = this.table.find(code).orElseThrow(() -> unknown(code));
				turnover.add(new Money(currency(found), found.turnover()));
				return currency(found);
			});
			if (!currency.equals(existing)) {
				throw unknown(currency.code());
			}
		}
		return turnover;
	}

	private void update(CurrencySums turnover) {
		turnover.totals()
			.forEach((total) -> this.table
				.update(new KnownCurrency(total.currency().code(), total.currency().decimals(), total.units())));
	}

	private static Currency currency(KnownCurrency found) {
		return new Currency(found.code(), found.decimals());
	}

	private static LedgerException unknown(String code) {
		return LedgerException.invalid("currency: \"%s\" (expected: one that AddCurrency made known)", code);
	}

}
