package io.github.securegrpc.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * IPv6 addresses as people write them (RFC 5952, 4.2): the longest run of two or more
 * zeros, the first of equals, is left out.
 */
final class Ipv6Text {

	private static final Pattern ZEROS = Pattern.compile("(?<![0-9a-f])0(:0)+(?![0-9a-f])");

	private Ipv6Text() {
	}

	/* Takes what the JDK writes: eight groups without leading zeros; or anything else. */
	static String shorten(String address) {
		Matcher zeros = ZEROS.matcher(address);
		int start = 0;
		int end = 0;
		while (zeros.find()) {
			if (zeros.end() - zeros.start() > end - start) {
				start = zeros.start();
				end = zeros.end();
			}
		}
		return (end == 0) ? address : "%s::%s".formatted(address.substring(0, Math.max(0, start - 1)),
				address.substring(Math.min(address.length(), end + 1)));
	}

}
