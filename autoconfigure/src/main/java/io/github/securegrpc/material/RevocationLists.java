package io.github.securegrpc.material;

import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.List;

/**
 * The certificates that their issuers took back before they expire: certificate
 * revocation lists (RFC 5280, 5) of one or several CAs. Immutable.
 *
 * @param lists the lists, at least one, each only once
 * @param policy what it means that they cannot answer
 * @since 0.1.0
 */
public record RevocationLists(List<X509CRL> lists, CrlPolicy policy) {

	public RevocationLists {
		lists = lists.stream().distinct().toList();
		if (lists.isEmpty()) {
			throw new IllegalArgumentException("lists: [] (expected: at least one revocation list)");
		}
	}

	/**
	 * Returns the lists that should have been replaced.
	 * @param now the moment
	 * @return those whose next update is past
	 */
	public List<X509CRL> expired(Instant now) {
		return this.lists.stream().filter((list) -> isExpired(list, now)).toList();
	}

	/**
	 * Returns whether a list should have been replaced.
	 * @param list the list
	 * @param now the moment
	 * @return whether its next update is past
	 */
	public static boolean isExpired(X509CRL list, Instant now) {
		return list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(now);
	}

	@Override
	public String toString() {
		return "RevocationLists[%s, %d: %s]".formatted(this.policy, this.lists.size(),
				this.lists.stream().map((list) -> list.getIssuerX500Principal().toString()).toList());
	}

}
