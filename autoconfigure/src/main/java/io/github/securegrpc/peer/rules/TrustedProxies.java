package io.github.securegrpc.peer.rules;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * The proxies of {@code secure-grpc.server.trusted-proxies}, whose word on where a call
 * came from is taken: by the address of the connection, or by a name in the certificate
 * that the proxy has proved to be its own. Immutable.
 *
 * @since 0.1.0
 */
public final class TrustedProxies {

	private static final String PROPERTY = "secure-grpc.server.trusted-proxies";

	/* Not an address, but as much as one: whoever may open the socket. */
	private static final String UNIX = "unix";

	private final List<String> entries;

	private final List<AddressRange> ranges;

	private final List<AllowedName> names;

	private final AllowedPeers named;

	private TrustedProxies(List<String> entries, List<AddressRange> ranges, List<AllowedName> names) {
		this.entries = List.copyOf(entries);
		this.ranges = List.copyOf(ranges);
		this.names = List.copyOf(names);
		this.named = AllowedPeers.of(names);
	}

	/**
	 * Returns the proxies that the property says.
	 * @param entries addresses, ranges of addresses, and names of certificates
	 * @return the proxies
	 * @throws RefusedException if one is malformed, or would trust whoever connects
	 */
	public static TrustedProxies of(List<String> entries) {
		List<AddressRange> ranges = new ArrayList<>();
		List<AllowedName> names = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			String property = "%s[%d]".formatted(PROPERTY, i);
			AddressRange range = range(entries.get(i).strip());
			if (range != null) {
				ranges.add(requireSome(range, property));
			}
			else if (!entries.get(i).strip().equals(UNIX)) {
				names.add(name(entries.get(i).strip(), property));
			}
		}
		return new TrustedProxies(entries.stream().map(String::strip).toList(), ranges, names);
	}

	private static AddressRange requireSome(AddressRange range, String property) {
		if (range.prefix() == 0) {
			throw new RefusedException(
					"%s: '%s/0' is every address (expected: those of the proxies)".formatted(property,
							range.network().getHostAddress()),
					"Write the addresses that the proxies connect from: each of them can name any address.");
		}
		return range;
	}

	private static @Nullable AddressRange range(String entry) {
		InetAddress address = AddressRange.address(entry);
		return (address != null) ? new AddressRange(address, address.getAddress().length * Byte.SIZE)
				: AddressRange.parse(entry);
	}

	private static AllowedName name(String entry, String property) {
		boolean named = entry.matches("(dns|uri|ip|email|fingerprint):.*");
		if (!named) {
			throw new RefusedException(
					"%s: '%s' is no proxy (expected: an address as in 127.0.0.1, a range as in 10.1.0.0/16, of which it is the first address, unix, or a name of the proxy's certificate as in dns:proxy.example.com)"
						.formatted(property, entry),
					"Write the address that the proxy connects from, or a name that its certificate has.");
		}
		return AllowedName.parse(entry, property);
	}

	/**
	 * Refuses names where no client is asked for a certificate: they could never match.
	 * @throws RefusedException if there is one
	 */
	public void requireNoName() {
		if (!this.names.isEmpty()) {
			throw new RefusedException(
					"%s has %s, but the server asks no client for a certificate (expected: addresses)"
						.formatted(PROPERTY, this.names.get(0).text()),
					"Write the address that the proxy connects from, or set secure-grpc.server.ca.");
		}
	}

	/**
	 * Returns whether the other end of a connection is one of them.
	 * @param peer the names of its certificate, or {@code null} without one
	 * @param address its address, or {@code null} for a Unix domain socket
	 * @return whether it is
	 */
	public boolean trust(@Nullable PeerNames peer, @Nullable InetAddress address) {
		return ((address != null) ? trust(address) : this.entries.contains(UNIX)) || this.named.admit(peer, null);
	}

	/**
	 * Returns whether an address is that of one of them.
	 * @param address the address
	 * @return whether it is
	 */
	public boolean trust(InetAddress address) {
		return this.ranges.stream().anyMatch((range) -> range.contains(address));
	}

	/**
	 * Returns the address that a text is, without asking a name server.
	 * @param text the text
	 * @return the address, or {@code null} if it is none
	 */
	public static @Nullable InetAddress address(String text) {
		return AddressRange.address(text);
	}

	@Override
	public String toString() {
		return String.join(", ", this.entries);
	}

}
