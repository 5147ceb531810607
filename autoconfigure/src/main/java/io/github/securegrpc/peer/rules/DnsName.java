package io.github.securegrpc.peer.rules;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A DNS name in the preferred syntax (RFC 1034, 3.5, and the underscore), in lower case:
 * DNS names are equal whatever their case (RFC 5280, 7.2). What is not in that syntax, an
 * address or a wildcard for example, is no name.
 */
final class DnsName {

	private static final int MAX_LENGTH = 253;

	private static final Pattern SYNTAX = Pattern.compile("(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*"
			+ "(?![0-9]+$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

	private DnsName() {
	}

	static @Nullable String canonical(String text) {
		return (text.length() <= MAX_LENGTH && SYNTAX.matcher(text).matches()) ? text.toLowerCase(Locale.ROOT) : null;
	}

	/* Returns the pattern of exactly one label before the rest of a canonical name. */
	static @Nullable String wildcard(String canonical) {
		int dot = canonical.indexOf('.');
		return (dot > 0) ? "*" + canonical.substring(dot) : null;
	}

}
