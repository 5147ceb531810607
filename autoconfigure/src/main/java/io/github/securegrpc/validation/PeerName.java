package io.github.securegrpc.validation;

import java.security.cert.X509Certificate;
import java.util.List;

import io.github.securegrpc.material.Fingerprint;
import io.github.securegrpc.text.Printable;
import io.github.securegrpc.text.SubjectAlternativeNames;

/**
 * What a peer is called in logs, denials and refusals, in the form in which a rule would
 * name it.
 *
 * @since 0.1.0
 */
public final class PeerName {

	private static final List<String> KINDS = List.of("uri:", "dns:", "ip:", "email:");

	private PeerName() {
	}

	/**
	 * Returns the name of a peer: its first URI, else its first DNS name, IP address or
	 * mailbox. Only a leaf without any of these is called by its subject, and one without
	 * a subject by its fingerprint.
	 * @param leaf the peer's leaf
	 * @return the name, printable and bounded
	 */
	public static String of(X509Certificate leaf) {
		return of(leaf, SubjectAlternativeNames.of(leaf));
	}

	/**
	 * Returns the name of a peer whose names are known.
	 * @param leaf the peer's leaf
	 * @param names its subject alternative names
	 * @return the name, printable and bounded
	 */
	public static String of(X509Certificate leaf, List<String> names) {
		return KINDS.stream()
			.flatMap((kind) -> names.stream().filter((name) -> name.startsWith(kind) && name.length() > kind.length()))
			.findFirst()
			.map(Printable::text)
			.orElseGet(() -> withoutNames(leaf));
	}

	private static String withoutNames(X509Certificate leaf) {
		String subject = Printable.subject(leaf);
		return subject.isEmpty() ? "fingerprint:" + Fingerprint.of(leaf) : "subject:" + subject;
	}

}
