package io.github.securegrpc.sample.ledger;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A double-entry ledger in memory. Safe for any number of threads: each method happens as
 * a whole or, when it throws {@link LedgerException}, not at all. Reports are made from a
 * copy, so that a long one holds nobody up.
 */
final class Ledger {

	private static final Comparator<PostedTransaction> BY_DATE = Comparator
		.comparing((posted) -> posted.transaction().date());

	private final Currencies currencies = new Currencies();

	private final Accounts accounts = new Accounts();

	private final Map<String, PostedTransaction> transactions = new LinkedHashMap<>();

	/** The identifier of each voided transaction and of the one that voids it. */
	private final Map<String, String> voided = new HashMap<>();

	private final Set<LineReference> reconciled = new HashSet<>();

	synchronized void addCurrency(Currency currency) {
		this.currencies.add(currency);
	}

	synchronized Optional<Currency> findCurrency(String code) {
		return this.currencies.find(code);
	}

	synchronized void deleteCurrency(String code) {
		Name.require("currency", code);
		Currency currency = findCurrency(code)
			.orElseThrow(() -> LedgerException.unknown("currency: \"%s\" (expected: a currency of this ledger)", code));
		if (this.transactions.values().stream().anyMatch((posted) -> posted.uses(currency))) {
			throw LedgerException.inUse("currency: \"%s\" is used by transactions (expected: delete those first)",
					code);
		}
		this.currencies.remove(currency);
	}

	synchronized void addAccount(String account, Collection<String> tags) {
		this.accounts.open(account, tags);
	}

	synchronized void deleteAccount(String account) {
		if (this.transactions.values().stream().anyMatch((posted) -> posted.uses(account))) {
			throw LedgerException.inUse("account: \"%s\" is used by transactions (expected: delete those first)",
					account);
		}
		this.accounts.close(account);
	}

	synchronized void addTags(String account, Collection<String> tags) {
		this.accounts.tag(account, tags);
	}

	synchronized void deleteTags(String account, Collection<String> tags) {
		this.accounts.untag(account, tags);
	}

	/**
	 * Puts a transaction on record and opens the accounts it names.
	 * @param transaction the transaction
	 * @return the identifier by which it can be deleted, voided and reconciled
	 */
	synchronized String post(JournalTransaction transaction) {
		return record(transaction, null);
	}

	synchronized void delete(String identifier) {
		PostedTransaction posted = existing(identifier);
		if (this.voided.containsKey(identifier)) {
			throw LedgerException.inUse("identifier: %s is voided by %s (expected: delete that first)", identifier,
					this.voided.get(identifier));
		}
		if (this.reconciled.stream().anyMatch((line) -> line.transaction().equals(identifier))) {
			throw LedgerException.inUse("identifier: %s has reconciled lines (expected: none; void it instead)",
					identifier);
		}
		this.transactions.remove(identifier);
		this.currencies.countOut(posted.transaction());
		if (posted.voids() != null) {
			this.voided.remove(posted.voids());
		}
	}

	/**
	 * Posts the reverse of a transaction on the same day, so that every report of that
	 * day or later comes out as if neither had been.
	 * @param identifier the transaction to void
	 * @return the identifier of the reverse
	 */
	synchronized String voidTransaction(String identifier) {
		PostedTransaction posted = existing(identifier);
		if (posted.voids() != null) {
			throw LedgerException.inUse("identifier: %s itself voids %s (expected: delete it instead)", identifier,
					posted.voids());
		}
		if (this.voided.containsKey(identifier)) {
			throw LedgerException.inUse("identifier: %s is already voided by %s", identifier,
					this.voided.get(identifier));
		}
		String reverse = record(posted.transaction().reversed(), identifier);
		this.voided.put(identifier, reverse);
		return reverse;
	}

	/**
	 * Marks lines as agreed with an outside record.
	 * @param references the lines, none of them reconciled before
	 * @return the identifier of the agreement
	 */
	synchronized String reconcile(List<LineReference> references) {
		Set<LineReference> agreed = new HashSet<>();
		for (LineReference reference : references) {
			if (reference.place() > existing(reference.transaction()).transaction().lines().size()) {
				throw LedgerException.unknown("splitID: %s (expected: a line of that transaction)", reference);
			}
			if (this.reconciled.contains(reference) || !agreed.add(reference)) {
				throw LedgerException.inUse("splitID: %s is already reconciled", reference);
			}
		}
		if (agreed.isEmpty()) {
			throw LedgerException.invalid("splitID: missing (expected: one or more)");
		}
		this.reconciled.addAll(agreed);
		return newIdentifier();
	}

	/**
	 * Returns what every account holds after the days of the period.
	 * @param period the days that count
	 * @return the balances, by account and currency
	 */
	TrialBalance trialBalance(Period period) {
		Map<String, List<String>> tags;
		List<PostedTransaction> posted;
		synchronized (this) {
			tags = this.accounts.snapshot();
			posted = List.copyOf(this.transactions.values());
		}
		SortedMap<String, CurrencySums> sums = new TreeMap<>();
		posted.stream()
			.map(PostedTransaction::transaction)
			.filter((transaction) -> period.includes(transaction.date()))
			.flatMap((transaction) -> transaction.lines().stream())
			.forEach(
					(line) -> sums.computeIfAbsent(line.account(), (account) -> new CurrencySums()).add(line.amount()));
		return new TrialBalance(sums.entrySet()
			.stream()
			.flatMap((account) -> account.getValue()
				.totals()
				.stream()
				.map((total) -> new Balance(account.getKey(), tags.getOrDefault(account.getKey(), List.of()), total)))
			.toList());
	}

	/**
	 * Returns the transactions of a period, the oldest first and those of a day in the
	 * order of their posting.
	 * @param period the days that count
	 * @return the transactions
	 */
	List<JournalTransaction> listing(Period period) {
		List<PostedTransaction> posted;
		synchronized (this) {
			posted = List.copyOf(this.transactions.values());
		}
		return posted.stream()
			.filter((entry) -> period.includes(entry.transaction().date()))
			.sorted(BY_DATE)
			.map(PostedTransaction::transaction)
			.toList();
	}

	private String record(JournalTransaction transaction, @Nullable String voids) {
		this.currencies.countIn(transaction);
		transaction.lines().forEach((line) -> this.accounts.open(line.account(), List.of()));
		String identifier = newIdentifier();
		this.transactions.put(identifier, new PostedTransaction(identifier, transaction, voids));
		return identifier;
	}

	private PostedTransaction existing(String identifier) {
		PostedTransaction posted = this.transactions.get(identifier);
		if (posted == null) {
			throw LedgerException.unknown("identifier: \"%.100s\" (expected: a transaction of this ledger)",
					identifier);
		}
		return posted;
	}

	private static String newIdentifier() {
		return UUID.randomUUID().toString();
	}

}
