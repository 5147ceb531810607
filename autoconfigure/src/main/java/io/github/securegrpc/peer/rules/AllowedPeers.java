package io.github.securegrpc.peer.rules;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The peers that one rule allows. Immutable; what it costs to ask does not grow with the
 * names it holds, but for prefixes and address ranges.
 *
 * @param names names in the form of {@link PeerNames}, one of which a peer must have
 * @param users users of basic-auth
 * @param spiffePrefixes what a SPIFFE ID may begin with
 * @param ranges where an address may be
 * @param scope who is allowed whatever the names
 */
record AllowedPeers(Set<String> names, Set<String> users, List<String> spiffePrefixes, List<AddressRange> ranges,
		Scope scope) {

	AllowedPeers {
		names = Set.copyOf(names);
		users = Set.copyOf(users);
		spiffePrefixes = List.copyOf(spiffePrefixes);
		ranges = List.copyOf(ranges);
	}

	static AllowedPeers of(List<AllowedName> allow) {
		Set<String> names = new HashSet<>();
		Set<String> users = new HashSet<>();
		List<String> prefixes = new ArrayList<>();
		List<AddressRange> ranges = new ArrayList<>();
		Scope scope = Scope.NAMED;
		for (AllowedName name : allow) {
			if (name instanceof AllowedName.Exact exact) {
				names.add(exact.name());
			}
			else if (name instanceof AllowedName.User user) {
				users.add(user.name());
			}
			else if (name instanceof AllowedName.SpiffePrefix prefix) {
				prefixes.add(prefix.prefix());
			}
			else if (name instanceof AllowedName.Addresses addresses) {
				ranges.add(addresses.range());
			}
			else if (name instanceof AllowedName.Anybody anybody && anybody.scope().compareTo(scope) > 0) {
				scope = anybody.scope();
			}
		}
		return new AllowedPeers(names, users, prefixes, ranges, scope);
	}

	boolean admit(@Nullable PeerNames peer, @Nullable String user) {
		if (this.scope == Scope.ANYONE || (user != null && isNamed(user))) {
			return true;
		}
		return peer != null && (this.scope == Scope.ANY_PEER || isNamed(peer));
	}

	private boolean isNamed(String user) {
		return this.users.contains(AllowedName.User.ANY) || this.users.contains(user);
	}

	private boolean isNamed(PeerNames peer) {
		return !Collections.disjoint(peer.comparable(), this.names) || isUnderPrefix(peer.spiffeId())
				|| peer.addresses().stream().anyMatch(this::isInRange);
	}

	private boolean isUnderPrefix(@Nullable String spiffeId) {
		return spiffeId != null && this.spiffePrefixes.stream().anyMatch(spiffeId::startsWith);
	}

	private boolean isInRange(InetAddress address) {
		return this.ranges.stream().anyMatch((range) -> range.contains(address));
	}

	/** Who is allowed whatever the names, the narrowest first. */
	enum Scope {

		/** Nobody. */
		NAMED,

		/** Every peer with a verified certificate. */
		ANY_PEER,

		/** A peer without a certificate, too. */
		ANYONE

	}

}
