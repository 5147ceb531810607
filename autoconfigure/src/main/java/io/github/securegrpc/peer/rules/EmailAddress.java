package io.github.securegrpc.peer.rules;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox as it is compared (RFC 5280, 7.5): its local part as it is, its host as a DNS
 * name.
 */
final class EmailAddress {

	private static final Pattern LOCAL_PART = Pattern.compile("[A-Za-z0-9.!#$%&'+/=?^_`{|}~-]+");

	private EmailAddress() {
	}

	static @Nullable String canonical(String text) {
		int at = text.indexOf('@');
		if (at < 0 || !LOCAL_PART.matcher(text.substring(0, at)).matches()) {
			return null;
		}
		String host = DnsName.canonical(text.substring(at + 1));
		return (host != null) ? text.substring(0, at + 1) + host : null;
	}

}
