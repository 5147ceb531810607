package io.github.securegrpc.client;

import java.util.regex.Pattern;

/**
 * Tells whether a channel's target is on this machine by what it says, without asking
 * DNS: a loopback address, {@code localhost} or a Unix domain socket. The connection is
 * checked again when it is made.
 */
final class LoopbackTarget {

	private static final Pattern SCHEME = Pattern
		.compile("^(static|dns|ipv4|ipv6|self|unix|unix-abstract):(//[^/]*/|//|/)?");

	private static final Pattern LOOPBACK = Pattern
		.compile("(127(\\.\\d{1,3}){3}|\\[?::1\\]?|\\[?0:0:0:0:0:0:0:1\\]?|localhost|[\\w.-]+\\.localhost)(:\\d+)?");

	private LoopbackTarget() {
	}

	static boolean isLoopback(String target) {
		if (target.startsWith("unix:") || target.startsWith("unix-abstract:") || target.startsWith("self:")
				|| target.startsWith("in-process:")) {
			return true;
		}
		String addresses = SCHEME.matcher(target).replaceFirst("");
		if (target.startsWith("static://")) {
			addresses = target.substring("static://".length());
		}
		for (String address : addresses.split(",", -1)) {
			if (!LOOPBACK.matcher(address.strip()).matches()) {
				return false;
			}
		}
		return true;
	}

}
