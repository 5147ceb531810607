package io.github.securegrpc.validation;

import java.util.Locale;

/**
 * What the JVM's path validation says when it refuses a peer, in words for people. Our
 * own texts begin otherwise.
 */
enum PlatformText {

	CLIENT_PURPOSE("extended key usage does not permit use for tls client",
			"it is not for clients (expected: extended key usage clientAuth, of the CA that issues your clients' certificates)"),

	SERVER_PURPOSE("extended key usage does not permit use for tls server",
			"it is not for servers (expected: extended key usage serverAuth)"),

	KEY_USAGE("keyusage does not allow", "its key usage does not allow a TLS handshake (expected: digitalSignature)"),

	PATH_LENGTH("basic constraints check failed: pathlenconstraint violated",
			"a CA of its chain may not issue another CA (path length constraint)"),

	NO_AUTHORITY("basic constraints check failed: this is not a ca certificate",
			"a certificate of its chain issued another, but is no CA"),

	NAME_CONSTRAINTS("name constraints check failed", "a CA of its chain may not give it its names (name constraints)"),

	ALGORITHM("algorithm constraints check failed", "it uses an algorithm or key size that this JVM forbids"),

	CRITICAL("unrecognized critical extension", "it has a critical extension that this JVM does not know");

	private final String known;

	private final String words;

	PlatformText(String known, String words) {
		this.known = known;
		this.words = words;
	}

	static String translate(String message) {
		String text = message.toLowerCase(Locale.ROOT);
		for (PlatformText candidate : values()) {
			if (text.startsWith(candidate.known)) {
				return "%s (%s)".formatted(candidate.words, message);
			}
		}
		return message;
	}

}
