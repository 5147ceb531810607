package io.github.securegrpc.sample.ledger.store;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of accounts and their tags, to be used within the {@link Books}' changes and
 * views.
 */
public final class AccountTable {

	/** Far below what a statement of PostgreSQL takes. */
	private static final int MOST_PARAMETERS = 1_000;

	private final JdbcAggregateOperations aggregates;

	private final JdbcClient jdbc;

	AccountTable(JdbcAggregateOperations aggregates, JdbcClient jdbc) {
		this.aggregates = aggregates;
		this.jdbc = jdbc;
	}

	/**
	 * Returns an account with its tags.
	 * @param name the name of the account
	 * @return the account, or nothing when there is none
	 */
	public Optional<Account> find(String name) {
		return Optional.ofNullable(this.aggregates.findById(name, Account.class));
	}

	/**
	 * Puts an account with its tags on record.
	 * @param account the account
	 */
	public void insert(Account account) {
		this.aggregates.insert(account);
	}

	/**
	 * Replaces the tags of an account.
	 * @param account the account
	 */
	public void update(Account account) {
		this.aggregates.update(account);
	}

	/**
	 * Removes an account with its tags.
	 * @param name the name of the account
	 */
	public void delete(String name) {
		this.aggregates.deleteById(name, Account.class);
	}

	/**
	 * Opens, without tags, those accounts that are not on record yet.
	 * @param names the names of the accounts
	 */
	public void insertMissing(Collection<String> names) {
		List<String> distinct = List.copyOf(new LinkedHashSet<>(names));
		for (int from = 0; from < distinct.size(); from += MOST_PARAMETERS) {
			List<String> some = distinct.subList(from, Math.min(distinct.size(), from + MOST_PARAMETERS));
			Set<String> missing = new LinkedHashSet<>(some);
			missing.removeAll(this.jdbc.sql("select name from account where name in (:names)")
				.param("names", some)
				.query(String.class)
				.set());
			if (!missing.isEmpty()) {
				this.aggregates.insertAll(missing.stream().map((name) -> new Account(name, Set.of())).toList());
			}
		}
	}

	/**
	 * Returns whether a line on record goes to this account.
	 * @param name the name of the account
	 * @return whether there is one
	 */
	public boolean isUsed(String name) {
		return this.jdbc.sql("select exists (select 1 from posted_line where account = :name)")
			.param("name", name)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Returns the tags of every account that has any.
	 * @return the tags in order, by account
	 */
	public Map<String, List<String>> tags() {
		return this.jdbc.sql("select account, tag from account_tag")
			.query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.stream()
			.sorted(Map.Entry.comparingByValue())
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
	}

}
