package io.github.securegrpc.sample.ledger.store;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.dao.DataAccessException;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.relational.core.conversion.DbActionExecutionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The ledger's tables. Safe for any number of threads, and of applications on one
 * database: changes happen one after the other, each as a whole or, when it throws, not
 * at all; a view sees one state of everything and waits for nobody.
 */
public final class Books {

	private static final int TIMEOUT_SECONDS = 20;

	private final TransactionTemplate changes;

	private final TransactionTemplate views;

	private final JdbcClient jdbc;

	private final TransactionTable transactions;

	private final AccountTable accounts;

	private final CurrencyTable currencies;

	Books(PlatformTransactionManager manager, JdbcAggregateOperations aggregates, JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.changes = template(manager, TransactionDefinition.ISOLATION_READ_COMMITTED);
		this.views = template(manager, TransactionDefinition.ISOLATION_REPEATABLE_READ);
		this.views.setReadOnly(true);
		this.transactions = new TransactionTable(aggregates, jdbc);
		this.accounts = new AccountTable(aggregates, jdbc);
		this.currencies = new CurrencyTable(aggregates, jdbc);
	}

	private static TransactionTemplate template(PlatformTransactionManager manager, int isolation) {
		TransactionTemplate template = new TransactionTemplate(manager);
		template.setIsolationLevel(isolation);
		template.setTimeout(TIMEOUT_SECONDS);
		return template;
	}

	/**
	 * Changes the tables, alone: what is read in here is true until all of it is on
	 * record.
	 * @param <T> the type of the outcome
	 * @param change what to do
	 * @return what the change returned, after it is on record
	 * @throws BooksException if the database fails
	 */
	public <T> T change(Supplier<T> change) {
		return run(this.changes, (status) -> {
			this.jdbc.sql("select id from book_lock where id = 1 for update").query(Integer.class).single();
			return change.get();
		});
	}

	/**
	 * Reads the tables.
	 * @param <T> the type of the outcome
	 * @param view what to read
	 * @return what was read
	 * @throws BooksException if the database fails
	 */
	public <T> T view(Supplier<T> view) {
		return run(this.views, (status) -> view.get());
	}

	/**
	 * Has changes and views do all their work, but leaves the tables as they were.
	 * @param action what changes and views the tables
	 * @throws BooksException if the database fails
	 */
	public void rehearse(Runnable action) {
		run(this.changes, (status) -> {
			status.setRollbackOnly();
			action.run();
			return this;
		});
	}

	private static <T> T run(TransactionTemplate template, Function<TransactionStatus, T> action) {
		try {
			return Objects.requireNonNull(template.execute(action::apply));
		}
		catch (DataAccessException | TransactionException | DbActionExecutionException ex) {
			throw new BooksException(ex);
		}
	}

	/**
	 * Returns the table of transactions.
	 * @return the table
	 */
	public TransactionTable transactions() {
		return this.transactions;
	}

	/**
	 * Returns the table of accounts.
	 * @return the table
	 */
	public AccountTable accounts() {
		return this.accounts;
	}

	/**
	 * Returns the table of currencies.
	 * @return the table
	 */
	public CurrencyTable currencies() {
		return this.currencies;
	}

}
