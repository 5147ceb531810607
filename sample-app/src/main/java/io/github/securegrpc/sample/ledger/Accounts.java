package io.github.securegrpc.sample.ledger;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The accounts of a ledger and their tags. Not thread-safe: the {@link Ledger} guards it.
 */
final class Accounts {

	private final Map<String, SortedSet<String>> tags = new HashMap<>();

	/**
	 * Opens an account; one that is open gains the tags.
	 * @param account the name of the account
	 * @param tags the tags to put on it
	 */
	void open(String account, Collection<String> tags) {
		Name.require("account", account);
		tags.forEach((tag) -> Name.require("tag", tag));
		this.tags.computeIfAbsent(account, (name) -> new TreeSet<>()).addAll(tags);
	}

	void close(String account) {
		existing(account);
		this.tags.remove(account);
	}

	void tag(String account, Collection<String> tags) {
		requireAny(tags);
		tags.forEach((tag) -> Name.require("tag", tag));
		existing(account).addAll(tags);
	}

	void untag(String account, Collection<String> tags) {
		requireAny(tags);
		SortedSet<String> existing = existing(account);
		for (String tag : tags) {
			if (!existing.contains(tag)) {
				throw LedgerException.unknown("tag: \"%.100s\" (expected: one that account \"%s\" has: %s)", tag,
						account, existing);
			}
		}
		existing.removeAll(Set.copyOf(tags));
	}

	Map<String, List<String>> snapshot() {
		return this.tags.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (entry) -> List.copyOf(entry.getValue())));
	}

	private SortedSet<String> existing(String account) {
		SortedSet<String> existing = this.tags.get(Name.require("account", account));
		if (existing == null) {
			throw LedgerException.unknown("account: \"%s\" (expected: an account of this ledger)", account);
		}
		return existing;
	}

	private static void requireAny(Collection<String> tags) {
		if (tags.isEmpty()) {
			throw LedgerException.invalid("tag: missing (expected: one or more)");
		}
	}

}
