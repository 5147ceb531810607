package io.github.securegrpc.validation;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.SubjectAlternativeNames;

/**
 * A peer made fit for a log: its address, and text of its certificate without control
 * characters and bounded.
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

	/**
	 * Returns an address with its port.
	 * @param address the address
	 * @return {@code host:port}, or another kind of address as it is
	 */
	public static String address(@Nullable SocketAddress address) {
		if (!(address instanceof InetSocketAddress inet)) {
			return String.valueOf(address);
		}
		String host = inet.getHostString();
		return "%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, inet.getPort());
	}

	/**
	 * Returns an address without its port, which is another one for each connection.
	 * @param address the address
	 * @return the host, or another kind of address as it is
	 */
	public static String host(@Nullable SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? inet.getHostString() : String.valueOf(address);
	}

}
