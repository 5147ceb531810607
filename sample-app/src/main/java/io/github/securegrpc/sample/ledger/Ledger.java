package io.github.securegrpc.sample.ledger;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

import io.github.securegrpc.sample.ledger.store.Books;
import io.github.securegrpc.sample.ledger.store.PostedLine;
import io.github.securegrpc.sample.ledger.store.PostedTransaction;
import io.github.securegrpc.sample.ledger.store.TransactionTable;

/**
 * A double-entry ledger that keeps its {@link Books}. Safe for any number of threads and
 * of ledgers on the same books: what a method does is on record when it returns or, when
 * it throws {@link LedgerException}, has not happened.
 */
@Component
@Profile("ledger")
final class Ledger {

	private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-f-]{36}");

	private static final Comparator<Balance> BY_ACCOUNT_AND_CURRENCY = Comparator.comparing(Balance::account)
		.thenComparing((balance) -> balance.amount().currency());

	private final Books books;

	private final TransactionTable transactions;

	private final Accounts accounts;

	private final Currencies currencies;

	Ledger(Books books) {
		this.books = books;
		this.transactions = books.transactions();
		this.accounts = new Accounts(books.accounts());
		this.currencies = new Currencies(books.currencies());
	}

	void addCurrency(Currency currency) {
		change(() -> this.currencies.add(currency));
	}

	Optional<Currency> findCurrency(String code) {
		return this.books.view(() -> this.currencies.find(code));
	}

	void deleteCurrency(String code) {
		change(() -> this.currencies.remove(code));
	}

	void addAccount(String account, Collection<String> tags) {
		change(() -> this.accounts.open(account, tags));
	}

	void deleteAccount(String account) {
		change(() -> this.accounts.close(account));
	}

	void addTags(String account, Collection<String> tags) {
		change(() -> this.accounts.tag(account, tags));
	}

	void deleteTags(String account, Collection<String> tags) {
		change(() -> this.accounts.untag(account, tags));
	}

	/**
	 * Puts a transaction on record and opens the accounts it names.
	 * @param transaction the transaction
	 * @return the identifier by which it can be deleted, voided and reconciled
	 */
	String post(JournalTransaction transaction) {
		return this.books.change(() -> record(transaction, null));
	}

	void delete(String identifier) {
		change(() -> {
			PostedTransaction posted = existing(identifier);
			this.transactions.reverseOf(identifier).ifPresent((reverse) -> {
				throw LedgerException.inUse("identifier: %s is voided by %s (expected: delete that first)", identifier,
						reverse);
			});
			if (!this.transactions.agreedLines(identifier).isEmpty()) {
				throw LedgerException.inUse("identifier: %s has reconciled lines (expected: none; void it instead)",
						identifier);
			}
			this.currencies.countOut(transaction(posted, this.currencies.all()));
			this.transactions.delete(identifier);
		});
	}

	/**
	 * Posts the reverse of a transaction on the same day, so that every report of that
	 * day or later comes out as if neither had been.
	 * @param identifier the transaction to void
	 * @return the identifier of the reverse
	 */
	String voidTransaction(String identifier) {
		return this.books.change(() -> {
			PostedTransaction posted = existing(identifier);
			if (posted.voids() != null) {
				throw LedgerException.inUse("identifier: %s itself voids %s (expected: delete it instead)", identifier,
						posted.voids());
			}
			this.transactions.reverseOf(identifier).ifPresent((reverse) -> {
				throw LedgerException.inUse("identifier: %s is already voided by %s", identifier, reverse);
			});
			return record(transaction(posted, this.currencies.all()).reversed(), identifier);
		});
	}

	/**
	 * Marks lines as agreed with an outside record.
	 * @param references the lines, none of them reconciled before
	 * @return the identifier of the agreement
	 */
	String reconcile(List<LineReference> references) {
		if (references.isEmpty()) {
			throw LedgerException.invalid("splitID: missing (expected: one or more)");
		}
		String agreement = newIdentifier();
		return this.books.change(() -> {
			Map<String, PostedTransaction> posted = new HashMap<>();
			Map<String, Set<Integer>> agreed = new HashMap<>();
			for (LineReference reference : references) {
				String transaction = reference.transaction();
				int line = reference.place() - 1;
				if (line >= posted.computeIfAbsent(transaction, this::existing).lines().size()) {
					throw LedgerException.unknown("splitID: %s (expected: a line of that transaction)", reference);
				}
				if (!agreed.computeIfAbsent(transaction, this.transactions::agreedLines).add(line)) {
					throw LedgerException.inUse("splitID: %s is already reconciled", reference);
				}
				this.transactions.agree(transaction, line, agreement);
			}
			return agreement;
		});
	}

	/**
	 * Returns what every account holds after the days of the period.
	 * @param period the days that count
	 * @return the balances, by account and currency
	 */
	TrialBalance trialBalance(Period period) {
		return this.books.view(() -> {
			Map<String, Currency> known = this.currencies.all();
			Map<String, List<String>> tags = this.books.accounts().tags();
			return new TrialBalance(this.transactions.balances(period.first(), period.last())
				.stream()
				.map((sum) -> new Balance(sum.account(), tags.getOrDefault(sum.account(), List.of()),
						new Money(currency(known, sum.currency()), sum.amount())))
				.sorted(BY_ACCOUNT_AND_CURRENCY)
				.toList());
		});
	}

	/**
	 * Returns the transactions of a period, the oldest first and those of a day in the
	 * order of their posting.
	 * @param period the days that count
	 * @return the transactions
	 */
	List<JournalTransaction> listing(Period period) {
		return this.books.view(() -> {
			Map<String, Currency> known = this.currencies.all();
			return this.transactions.listing(period.first(), period.last())
				.stream()
				.map((posted) -> transaction(posted, known))
				.toList();
		});
	}

	private void change(Runnable change) {
		this.books.change(() -> {
			change.run();
			return this;
		});
	}

	private String record(JournalTransaction transaction, @Nullable String voids) {
		this.currencies.countIn(transaction);
		this.accounts.openAll(transaction.lines().stream().map(JournalLine::account).toList());
		String identifier = newIdentifier();
		this.transactions
			.insert(new PostedTransaction(identifier, transaction.date().toString(), transaction.description(), voids,
					transaction.lines()
						.stream()
						.map((line) -> new PostedLine(line.account(), line.description(),
								line.amount().currency().code(), line.amount().units()))
						.toList()));
		return identifier;
	}

	private static JournalTransaction transaction(PostedTransaction posted, Map<String, Currency> known) {
		return new JournalTransaction(LocalDate.parse(posted.entryDate()), posted.description(),
				posted.lines()
					.stream()
					.map((line) -> new JournalLine(line.account(), line.description(),
							new Money(currency(known, line.currency()), line.amount())))
					.toList());
	}

	private static Currency currency(Map<String, Currency> known, String code) {
		Currency currency = known.get(code);
		if (currency == null) {
			throw new IllegalStateException("no currency \"%s\" in the books that have lines of it".formatted(code));
		}
		return currency;
	}

	private PostedTransaction existing(String identifier) {
		return Optional.of(identifier)
			.filter((text) -> IDENTIFIER.matcher(text).matches())
			.flatMap(this.transactions::find)
			.orElseThrow(() -> LedgerException
				.unknown("identifier: \"%.100s\" (expected: a transaction of this ledger)", identifier));
	}

	private static String newIdentifier() {
		return UUID.randomUUID().toString();
	}

}
