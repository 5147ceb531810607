package io.github.securegrpc.actuate;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in which there may be a private key: PEM as it is, or in base64, of which only
 * what is certainly public is taken for that.
 */
final class PrivateKeyText {

	private static final String LABEL = "PRIVATE KEY-----";

	/** What a location of ours may hold instead of a path. */
	private static final Pattern PREFIXED = Pattern.compile("(?i)base64:(?<content>[A-Za-z0-9+/=_\\s-]+)");

	/** Base64 of five hyphens, with which PEM begins. */
	private static final Pattern ENCODED_PEM = Pattern.compile("(?<content>LS0tLS1[A-Za-z0-9+/=\\s]+)");

	private PrivateKeyText() {
	}

	static boolean isIn(String text) {
		return text.contains(LABEL)
				|| anyDecoded(text, PREFIXED, (content) -> content.contains(LABEL) || !content.contains("-----BEGIN"))
				|| anyDecoded(text, ENCODED_PEM, (content) -> content.contains(LABEL));
	}

	/*
	 * The base64 between the boundaries, whatever stands for blanks and line ends in it;
	 * of what is encoded, decoded.
	 */
	static String body(String text) {
		Matcher encoded = PREFIXED.matcher(text);
		String pem = encoded.matches() ? decode(encoded.group("content")) : text;
		return pem.replaceAll("-----[A-Z ]+-----|\\\\{1,4}[nrt]", "").replaceAll("[^A-Za-z0-9+/=]", "");
	}

	private static boolean anyDecoded(String text, Pattern pattern, Predicate<String> secret) {
		return pattern.matcher(text).results().map((found) -> decode(found.group(1))).anyMatch(secret);
	}

	/* What does not decode is returned as nothing that is known. */
	private static String decode(String content) {
		try {
			return new String(Base64.getMimeDecoder().decode(content), StandardCharsets.ISO_8859_1);
		}
		catch (IllegalArgumentException ex) {
			return "";
		}
	}

}
