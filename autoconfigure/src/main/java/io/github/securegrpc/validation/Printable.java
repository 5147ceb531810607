package io.github.securegrpc.validation;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

import io.github.securegrpc.material.SubjectAlternativeNames;

/**
 * Text of a peer's certificate, made fit for a log: no control characters, bounded.
 *
 * @since 0.1.0
 */
public final class Printable {

	private static final int MAX_LENGTH = 200;

	private Printable() {
	}

	/**
	 * Returns a certificate's subject.
	 * @param certificate the certificate
	 * @return the subject, printable
	 */
	public static String subject(X509Certificate certificate) {
		return text(certificate.getSubjectX500Principal().getName());
	}

	/**
	 * Returns a certificate's issuer.
	 * @param certificate the certificate
	 * @return the issuer, printable
	 */
	public static String issuer(X509Certificate certificate) {
		return text(certificate.getIssuerX500Principal().getName());
	}

	/**
	 * Returns the names a certificate vouches for.
	 * @param certificate the certificate
	 * @return the names, printable, or {@code no name}
	 */
	public static String names(X509Certificate certificate) {
		List<String> names = SubjectAlternativeNames.of(certificate);
		return names.isEmpty() ? "no name" : text(names.stream().collect(Collectors.joining(", ")));
	}

	/**
	 * Returns any text of a peer's.
	 * @param text the text
	 * @return the text, printable
	 */
	public static String text(String text) {
		StringBuilder printable = new StringBuilder();
		text.codePoints()
			.limit(MAX_LENGTH)
			.forEach((c) -> printable.appendCodePoint((Character.isISOControl(c) || c > 0x7E) ? '?' : c));
		return (text.length() > MAX_LENGTH) ? printable + "…" : printable.toString();
	}

}
