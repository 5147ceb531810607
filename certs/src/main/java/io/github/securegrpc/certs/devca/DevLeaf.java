package io.github.securegrpc.certs.devca;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;

/**
 * The two leaves of the dev CA, and when one from the disk will do.
 */
enum DevLeaf {

	SERVER, CLIENT;

	String fileName() {
		return (this == SERVER) ? "server" : "client";
	}

	LeafRequest request(Duration validity) {
		LeafRequest request = (this == SERVER)
				? LeafRequest.server(fileName(), serverNames().toArray(SubjectAlternativeName[]::new))
				: LeafRequest.client(fileName(), SubjectAlternativeName.dns("client"));
		return request.withValidity(validity);
	}

	/**
	 * Tells whether a leaf was issued by the authority for the names of today, and has
	 * not reached two thirds of its life.
	 * @param leaf the leaf from the disk
	 * @param authority the certificate of the authority
	 * @param now the time
	 * @return whether it will do
	 */
	boolean accepts(X509Certificate leaf, X509Certificate authority, Instant now) {
		return now.isBefore(renewal(leaf)) && !now.isBefore(leaf.getNotBefore().toInstant())
				&& isIssuedBy(leaf, authority) && hasNamesOfToday(leaf);
	}

	static Instant renewal(X509Certificate leaf) {
		Instant notBefore = leaf.getNotBefore().toInstant();
		Duration life = Duration.between(notBefore, leaf.getNotAfter().toInstant());
		return notBefore.plus(life.multipliedBy(2).dividedBy(3));
	}

	private static boolean isIssuedBy(X509Certificate leaf, X509Certificate authority) {
		try {
			leaf.verify(authority.getPublicKey());
			return leaf.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	private boolean hasNamesOfToday(X509Certificate leaf) {
		try {
			return SubjectAlternativeName.of(leaf).equals(Set.copyOf(request(Duration.ofDays(1)).sans()));
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static List<SubjectAlternativeName> serverNames() {
		List<SubjectAlternativeName> names = new ArrayList<>();
		names.add(SubjectAlternativeName.dns("localhost"));
		try {
			names.add(SubjectAlternativeName.dns(InetAddress.getLocalHost().getHostName()));
		}
		catch (UnknownHostException | IllegalArgumentException ex) {
			// a machine whose name is no host name is reached as localhost
		}
		names.add(SubjectAlternativeName.ip("127.0.0.1"));
		names.add(SubjectAlternativeName.ip("::1"));
		return names;
	}

}
