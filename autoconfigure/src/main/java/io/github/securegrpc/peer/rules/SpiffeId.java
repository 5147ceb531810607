package io.github.securegrpc.peer.rules;

import java.util.regex.Pattern;

/**
 * The syntax of SPIFFE IDs (SPIFFE-ID, 2), as strict as the specification: lower-case
 * scheme and trust domain, no port, user, query, fragment, percent-encoding, empty or dot
 * segment. The ID of a leaf has a path (X509-SVID, 3.1).
 */
final class SpiffeId {

	static final String SCHEME = "spiffe://";

	private static final int MAX_LENGTH = 2_048;

	private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");

	private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]+");

	private SpiffeId() {
	}

	static boolean isLeafId(String uri) {
		if (!uri.startsWith(SCHEME) || uri.length() > MAX_LENGTH) {
			return false;
		}
		String[] parts = uri.substring(SCHEME.length()).split("/", -1);
		if (parts.length < 2 || !TRUST_DOMAIN.matcher(parts[0]).matches()) {
			return false;
		}
		for (int i = 1; i < parts.length; i++) {
			if (parts[i].equals(".") || parts[i].equals("..") || !SEGMENT.matcher(parts[i]).matches()) {
				return false;
			}
		}
		return true;
	}

	/* Returns whether a text, cut before its star, is what IDs can begin with. */
	static boolean isPrefix(String text) {
		return text.endsWith("/") && isLeafId(text + "x");
	}

	static boolean hasScheme(String uri) {
		return uri.regionMatches(true, 0, "spiffe:", 0, "spiffe:".length());
	}

}
