package io.github.securegrpc.peer.rules;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * The names of a peer in the one form in which names are compared. A name that is not in
 * the syntax of its kind is never equal to anything that a rule can say.
 *
 * @param comparable the names, by kind
 * @param addresses the IP addresses
 * @param spiffeId the SPIFFE ID, or {@code null}
 * @since 0.1.0
 */
public record PeerNames(Set<String> comparable, List<InetAddress> addresses, @Nullable String spiffeId) {

	private static final int KEY_CERT_SIGN = 5;

	private static final int CRL_SIGN = 6;

	/**
	 * Returns the names of a leaf.
	 * @param leaf the certificate whose key the peer has
	 * @return its names
	 */
	public static PeerNames of(X509Certificate leaf) {
		return of(leaf, SubjectAlternativeNames.of(leaf), Fingerprint.of(leaf));
	}

	/**
	 * Returns the names of a leaf of which something is known.
	 * @param leaf the certificate whose key the peer has
	 * @param names its subject alternative names
	 * @param fingerprint its fingerprint
	 * @return its names
	 */
	public static PeerNames of(X509Certificate leaf, List<String> names, String fingerprint) {
		Set<String> comparable = new HashSet<>();
		List<InetAddress> addresses = new ArrayList<>();
		String spiffeId = spiffeId(leaf, names);
		for (String name : names) {
			String value = name.substring(name.indexOf(':') + 1);
			if (name.startsWith("dns:")) {
				addDns(comparable, DnsName.canonical(value));
			}
			else if (name.startsWith("email:")) {
				add(comparable, "email:", EmailAddress.canonical(value));
			}
			else if (name.startsWith("ip:")) {
				InetAddress address = AddressRange.address(value);
				if (address != null) {
					addresses.add(address);
					add(comparable, "ip:", address.getHostAddress());
				}
			}
			else if (!SpiffeId.hasScheme(value) || value.equals(spiffeId)) {
				add(comparable, "uri:", value);
			}
		}
		comparable.add("fingerprint:" + fingerprint);
		return new PeerNames(Set.copyOf(comparable), List.copyOf(addresses), spiffeId);
	}

	/*
	 * X509-SVID, 2 and 5.2: exactly one URI SAN, on a leaf that is no CA and signs none.
	 */
	private static @Nullable String spiffeId(X509Certificate leaf, List<String> names) {
		List<String> uris = names.stream().filter((name) -> name.startsWith("uri:")).toList();
		boolean[] usage = leaf.getKeyUsage();
		boolean signs = leaf.getBasicConstraints() >= 0 || (usage != null && (usage[KEY_CERT_SIGN] || usage[CRL_SIGN]));
		if (uris.size() != 1 || signs) {
			return null;
		}
		String uri = uris.get(0).substring("uri:".length());
		return SpiffeId.isLeafId(uri) ? uri : null;
	}

	private static void addDns(Set<String> comparable, @Nullable String name) {
		if (name != null) {
			add(comparable, "dns:", name);
			add(comparable, "dns:", DnsName.wildcard(name));
		}
	}

	private static void add(Set<String> comparable, String kind, @Nullable String value) {
		if (value != null) {
			comparable.add(kind + value);
		}
	}

}
