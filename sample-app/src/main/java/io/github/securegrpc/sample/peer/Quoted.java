package io.github.securegrpc.sample.peer;

import java.util.regex.Pattern;

/**
 * What others wrote, for logs and messages: short, and one line.
 */
final class Quoted {

	private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

	private static final int MOST = 200;

	private Quoted() {
	}

	static String of(String text) {
		String start = (text.length() > MOST) ? text.substring(0, MOST) + "..." : text;
		return "\"" + UNPRINTABLE.matcher(start).replaceAll("?") + "\"";
	}

}
