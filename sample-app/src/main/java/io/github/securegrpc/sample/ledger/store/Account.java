package io.github.securegrpc.sample.ledger.store;

import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.springframework.data.annotation.Id;

/**
 * An account on record.
 *
 * @param name its name
 * @param tags what is on it
 */
public record Account(@Id String name, Set<AccountTag> tags) {

	public Account {
		tags = Set.copyOf(tags);
	}

	/**
	 * Returns an account with these tags.
	 * @param name its name
	 * @param tags the tags
	 * @return the account
	 */
	public static Account of(String name, Collection<String> tags) {
		return new Account(name, tags.stream().map(AccountTag::new).collect(Collectors.toSet()));
	}

	/**
	 * Returns the tags by name.
	 * @return a copy that may be changed
	 */
	public SortedSet<String> tagNames() {
		return this.tags.stream().map(AccountTag::tag).collect(Collectors.toCollection(TreeSet::new));
	}

}
