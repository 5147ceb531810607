package io.github.securegrpc.sample.ledger;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;

import io.github.securegrpc.sample.ledger.store.Account;
import io.github.securegrpc.sample.ledger.store.AccountTable;

/**
 * The rules of accounts and their tags, to be asked within a change of the books.
 */
final class Accounts {

	private final AccountTable table;

	Accounts(AccountTable table) {
		this.table = table;
	}

	/**
	 * Opens an account; one that is open gains the tags.
	 * @param account the name of the account
	 * @param tags the tags to put on it
	 */
	void open(String account, Collection<String> tags) {
		Name.require("account", account);
		tags.forEach((tag) -> Name.require("tag", tag));
		this.table.find(account)
			.ifPresentOrElse((existing) -> add(existing, tags), () -> this.table.insert(Account.of(account, tags)));
	}

	void openAll(Collection<String> accounts) {
		this.table.insertMissing(accounts);
	}

	void close(String account) {
		Name.require("account", account);
		if (this.table.isUsed(account)) {
			throw LedgerException.inUse("account: \"%s\" is used by transactions (expected: delete those first)",
					account);
		}
		existing(account);
		this.table.delete(account);
	}

	void tag(String account, Collection<String> tags) {
		requireAny(tags);
		tags.forEach((tag) -> Name.require("tag", tag));
		add(existing(account), tags);
	}

	void untag(String account, Collection<String> tags) {
		requireAny(tags);
		SortedSet<String> existing = existing(account).tagNames();
		for (String tag : tags) {
			if (!existing.contains(tag)) {
				throw LedgerException.unknown("tag: \"%.100s\" (expected: one that account \"%s\" has: %s)", tag,
						account, existing);
			}
		}
		existing.removeAll(Set.copyOf(tags));
		this.table.update(Account.of(account, existing));
	}

	private void add(Account existing, Collection<String> tags) {
		SortedSet<String> all = existing.tagNames();
		if (all.addAll(tags)) {
			this.table.update(Account.of(existing.name(), all));
		}
	}

	private Account existing(String account) {
		Name.require("account", account);
		return this.table.find(account)
			.orElseThrow(
					() -> LedgerException.unknown("account: \"%s\" (expected: an account of this ledger)", account));
	}

	private static void requireAny(Collection<String> tags) {
		if (tags.isEmpty()) {
			throw LedgerException.invalid("tag: missing (expected: one or more)");
		}
	}

}
