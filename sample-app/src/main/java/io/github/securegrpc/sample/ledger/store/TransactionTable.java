package io.github.securegrpc.sample.ledger.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of transactions, their lines and what of these is agreed, to be used within
 * the {@link Books}' changes and views.
 */
public final class TransactionTable {

	private static final String FIRST_DAY = "0001-01-01";

	private static final String LAST_DAY = "9999-12-31";

	private final JdbcAggregateOperations aggregates;

	private final JdbcClient jdbc;

	TransactionTable(JdbcAggregateOperations aggregates, JdbcClient jdbc) {
		this.aggregates = aggregates;
		this.jdbc = jdbc;
	}

	/**
	 * Returns a transaction with its lines.
	 * @param identifier the identifier of the transaction
	 * @return the transaction, or nothing when there is none
	 */
	public Optional<PostedTransaction> find(String identifier) {
		return Optional.ofNullable(this.aggregates.findById(identifier, PostedTransaction.class));
	}

	/**
	 * Puts a transaction with its lines on record.
	 * @param transaction the transaction
	 */
	public void insert(PostedTransaction transaction) {
		this.aggregates.insert(transaction);
	}

	/**
	 * Removes a transaction with its lines.
	 * @param identifier the identifier of the transaction
	 */
	public void delete(String identifier) {
		this.aggregates.deleteById(identifier, PostedTransaction.class);
	}

	/**
	 * Returns the transaction that reverses another.
	 * @param identifier the identifier of the other
	 * @return the identifier of the reverse, or nothing when it is not voided
	 */
	public Optional<String> reverseOf(String identifier) {
		return this.jdbc.sql("select identifier from posted_transaction where voids = :identifier")
			.param("identifier", identifier)
			.query(String.class)
			.optional();
	}

	/**
	 * Returns the lines of a transaction that are agreed with an outside record.
	 * @param identifier the identifier of the transaction
	 * @return the indexes of these lines, from 0 on
	 */
	public Set<Integer> agreedLines(String identifier) {
		return this.jdbc.sql("select posted_transaction_key from agreed_line where posted_transaction = :identifier")
			.param("identifier", identifier)
			.query(Integer.class)
			.set();
	}

	/**
	 * Puts on record that a line is agreed.
	 * @param identifier the identifier of its transaction
	 * @param line the index of the line, from 0 on
	 * @param agreement the identifier of the agreement
	 */
	public void agree(String identifier, int line, String agreement) {
		this.jdbc
			.sql("insert into agreed_line (posted_transaction, posted_transaction_key, agreement) values (?, ?, ?)")
			.params(identifier, line, agreement)
			.update();
	}

	/**
	 * Returns what the lines of some days come to.
	 * @param first the first of these days, or {@code null} for no beginning
	 * @param last the last of these days, or {@code null} for no end
	 * @return a sum for each account and currency that has a line
	 */
	public List<AccountBalance> balances(@Nullable LocalDate first, @Nullable LocalDate last) {
		return between("""
				select l.account, l.currency, sum(l.amount)
				from posted_line l join posted_transaction t on t.identifier = l.posted_transaction
				where t.entry_date between :first and :last
				group by l.account, l.currency""", first, last)
			.query((row, number) -> new AccountBalance(row.getString(1), row.getString(2),
					row.getBigDecimal(3).longValueExact()))
			.list();
	}

	/**
	 * Returns the transactions of some days.
	 * @param first the first of these days, or {@code null} for no beginning
	 * @param last the last of these days, or {@code null} for no end
	 * @return the transactions, by day and in the order of their posting
	 */
	public List<PostedTransaction> listing(@Nullable LocalDate first, @Nullable LocalDate last) {
		ListingRows rows = new ListingRows();
		between("""
				select t.identifier, t.entry_date, t.description, t.voids,
					l.account, l.description line_description, l.currency, l.amount
				from posted_transaction t join posted_line l on l.posted_transaction = t.identifier
				where t.entry_date between :first and :last
				order by t.entry_date, t.number, l.posted_transaction_key""", first, last).query(rows);
		return rows.transactions();
	}

	private JdbcClient.StatementSpec between(String sql, @Nullable LocalDate first, @Nullable LocalDate last) {
		return this.jdbc.sql(sql)
			.param("first", (first != null) ? first.toString() : FIRST_DAY)
			.param("last", (last != null) ? last.toString() : LAST_DAY);
	}

}
