package io.github.securegrpc.sample.peer;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.peer.PeerIdentity;

/**
 * Which addresses a caller may say are its own. A certificate names hosts, not ports: who
 * shares a host with another may claim the other's address. A wildcard names no host.
 *
 * @param believed whether claims are verified at all
 * @param granted what holds beside what certificates name
 */
record Claims(ClaimedAddress believed, Set<Granted> granted) {

	Claimable of(@Nullable PeerIdentity caller) {
		Set<String> hosts = new HashSet<>();
		if (caller != null) {
			caller.dnsNames().forEach((name) -> hosts.add(PeerAddress.name(name)));
			caller.ipAddresses().forEach((address) -> hosts.add(PeerAddress.literal(address)));
			ruleNames(caller).forEach((name) -> this.granted.stream()
				.filter((one) -> one.name().equals(name))
				.forEach((one) -> hosts.add(one.host())));
		}
		return new Claimable(this.believed == ClaimedAddress.ANY, hosts);
	}

	private static Stream<String> ruleNames(PeerIdentity caller) {
		return Stream
			.of(caller.dnsNames().stream().map((name) -> "dns:" + name.toLowerCase(Locale.ROOT)),
					caller.ipAddresses().stream().map("ip:"::concat), caller.uris().stream().map("uri:"::concat),
					caller.emails().stream().map("email:"::concat), Stream.of("fingerprint:" + caller.fingerprint()))
			.flatMap((names) -> names);
	}

	/**
	 * A host that a name may claim.
	 *
	 * @param name of the certificate, with its kind
	 * @param host as in a {@link PeerAddress}
	 */
	record Granted(String name, String host) {
	}

	/**
	 * What one caller may claim.
	 *
	 * @param any whether that is whatever it says
	 * @param hosts the hosts
	 */
	record Claimable(boolean any, Set<String> hosts) {

		boolean holds(PeerAddress address) {
			return this.any || this.hosts.contains(address.host());
		}

	}

}
