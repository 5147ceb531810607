package io.github.securegrpc.certs;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a leaf is to say. Valid or not constructible, and immutable.
 *
 * @param name the common name, for people to read, and the name of the files; peers read
 * the SANs only
 * @param sans the names that the leaf vouches for, at least one, each only once
 * @param purposes what the leaf may be used for, at least one
 * @param validity how long it is valid; the authority's own expiry caps it
 * @param keyAlgorithm the kind of key
 * @since 0.1.0
 */
public record LeafRequest(String name, List<SubjectAlternativeName> sans, Set<Purpose> purposes, Duration validity,
		KeyAlgorithm keyAlgorithm) {

	private static final Duration NINETY_DAYS = Duration.ofDays(90);

	public LeafRequest {
		NameSyntax.name(name);
		sans = sans.stream().distinct().toList();
		if (sans.isEmpty()) {
			throw new IllegalArgumentException("sans: [] (expected: at least one, peers read no other name)");
		}
		if (purposes.isEmpty()) {
			throw new IllegalArgumentException("purposes: [] (expected: SERVER, CLIENT or both)");
		}
		purposes = Set.copyOf(purposes);
		ValidityPeriod.checked(validity);
	}

	/**
	 * Asks for a server's leaf: 90 days, P-256.
	 * @param name the name of the leaf
	 * @param sans the names that clients dial
	 * @return the request
	 */
	public static LeafRequest server(String name, SubjectAlternativeName... sans) {
		return of(name, EnumSet.of(Purpose.SERVER), sans);
	}

	/**
	 * Asks for a client's leaf: 90 days, P-256.
	 * @param name the name of the leaf
	 * @param sans the names that servers may know it by
	 * @return the request
	 */
	public static LeafRequest client(String name, SubjectAlternativeName... sans) {
		return of(name, EnumSet.of(Purpose.CLIENT), sans);
	}

	/**
	 * Asks for a leaf of a peer that is server and client: 90 days, P-256.
	 * @param name the name of the leaf
	 * @param sans the names it is known by
	 * @return the request
	 */
	public static LeafRequest peer(String name, SubjectAlternativeName... sans) {
		return of(name, EnumSet.allOf(Purpose.class), sans);
	}

	/**
	 * Returns the same request with another validity.
	 * @param validity how long the leaf is valid
	 * @return the request
	 */
	public LeafRequest withValidity(Duration validity) {
		return new LeafRequest(this.name, this.sans, this.purposes, validity, this.keyAlgorithm);
	}

	/**
	 * Returns the same request with another kind of key.
	 * @param keyAlgorithm the kind of key
	 * @return the request
	 */
	public LeafRequest withKeyAlgorithm(KeyAlgorithm keyAlgorithm) {
		return new LeafRequest(this.name, this.sans, this.purposes, this.validity, keyAlgorithm);
	}

	private static LeafRequest of(String name, Set<Purpose> purposes, SubjectAlternativeName... sans) {
		return new LeafRequest(name, List.of(sans), purposes, NINETY_DAYS, KeyAlgorithm.EC_P256);
	}

}
