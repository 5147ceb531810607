package io.github.securegrpc.text;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Text that somebody else wrote, a peer, a file, an exception about either, or the
 * environment, made fit for a log, a status, JSON and a terminal: one line, bounded, and
 * without anything that would steer who shows it. What is left out stands there as the
 * number of its code point. There is no other place for this.
 *
 * @since 0.1.0
 */
public final class Printable {

	private static final int LONGEST_NAME = 200;

	private static final int LONGEST_LINE = 2_000;

	private Printable() {
	}

	/**
	 * Returns a certificate's subject.
	 * @param certificate the certificate
	 * @return the subject, as a name
	 */
	public static String subject(X509Certificate certificate) {
		return text(certificate.getSubjectX500Principal().getName());
	}

	/**
	 * Returns a certificate's issuer.
	 * @param certificate the certificate
	 * @return the issuer, as a name
	 */
	public static String issuer(X509Certificate certificate) {
		return text(certificate.getIssuerX500Principal().getName());
	}

	/**
	 * Returns the names a certificate vouches for.
	 * @param certificate the certificate
	 * @return the names, as one name, or {@code no name}
	 */
	public static String names(X509Certificate certificate) {
		String names = SubjectAlternativeNames.of(certificate).stream().collect(Collectors.joining(", "));
		return names.isEmpty() ? "no name" : text(names);
	}

	/**
	 * Returns a name, or anything else of a peer's that is compared by eye: letters that
	 * only look like others are no letters here.
	 * @param text the text
	 * @return printable ASCII of at most 200 characters, and an ellipsis if there is more
	 */
	public static String text(String text) {
		return printable(text, LONGEST_NAME, (point) -> point >= ' ' && point <= '~');
	}

	/**
	 * Returns a message, in whatever language or with whatever file name.
	 * @param text the text, or anything that has one
	 * @return one line of at most 2,000 characters, and an ellipsis if there is more
	 */
	public static String line(@Nullable Object text) {
		return printable(String.valueOf(text), LONGEST_LINE, Printable::isPlain);
	}

	/**
	 * Returns what can be logged of an exception.
	 * @param thrown the exception
	 * @return one with the same stack trace, whose messages are lines
	 */
	public static Throwable trace(Throwable thrown) {
		return new PrintableTrace(thrown);
	}

	/**
	 * Returns an address with its port, if it has one.
	 * @param address the address
	 * @return {@code host:port}, the host alone, or another kind of address as a line
	 */
	public static String address(@Nullable SocketAddress address) {
		if (!(address instanceof InetSocketAddress inet)) {
			return line(address);
		}
		String host = host(inet);
		return (inet.getPort() == 0) ? host
				: "%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, inet.getPort());
	}

	/**
	 * Returns an address without its port, which is another one for each connection.
	 * @param address the address
	 * @return the host, or another kind of address as a line
	 */
	public static String host(@Nullable SocketAddress address) {
		return (address instanceof InetSocketAddress inet) ? Ipv6Text.shorten(inet.getHostString()) : line(address);
	}

	private static String printable(String text, int longest, IntPredicate plain) {
		StringBuilder printable = new StringBuilder();
		for (int i = 0; i < text.length();) {
			if (printable.length() >= longest) {
				return printable.append('…').toString();
			}
			int point = text.codePointAt(i);
			i += Character.charCount(point);
			if (plain.test(point)) {
				printable.appendCodePoint(point);
			}
			else {
				printable.append("\\u{").append(Integer.toHexString(point)).append('}');
			}
		}
		return printable.toString();
	}

	/* Format characters turn the direction of what follows, or hide it. */
	private static boolean isPlain(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
