package io.github.securegrpc.sample.ledger.store;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of currencies, to be used within the {@link Books}' changes and views.
 */
public final class CurrencyTable {

	private final JdbcAggregateOperations aggregates;

	private final JdbcClient jdbc;

	CurrencyTable(JdbcAggregateOperations aggregates, JdbcClient jdbc) {
		this.aggregates = aggregates;
		this.jdbc = jdbc;
	}

	/**
	 * Returns a currency.
	 * @param code the code of the currency
	 * @return the currency, or nothing when there is none
	 */
	public Optional<KnownCurrency> find(String code) {
		return Optional.ofNullable(this.aggregates.findById(code, KnownCurrency.class));
	}

	/**
	 * Returns all currencies.
	 * @return the currencies
	 */
	public List<KnownCurrency> findAll() {
		return this.aggregates.findAll(KnownCurrency.class);
	}

	/**
	 * Puts a currency on record.
	 * @param currency the currency
	 */
	public void insert(KnownCurrency currency) {
		this.aggregates.insert(currency);
	}

	/**
	 * Replaces what is on record of a currency.
	 * @param currency the currency
	 */
	public void update(KnownCurrency currency) {
		this.aggregates.update(currency);
	}

	/**
	 * Removes a currency.
	 * @param code the code of the currency
	 */
	public void delete(String code) {
		this.aggregates.deleteById(code, KnownCurrency.class);
	}

	/**
	 * Returns whether a line on record is in this currency.
	 * @param code the code of the currency
	 * @return whether there is one
	 */
	public boolean isUsed(String code) {
		return this.jdbc.sql("select exists (select 1 from posted_line where currency = :code)")
			.param("code", code)
			.query(Boolean.class)
			.single();
	}

}
