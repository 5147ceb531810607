package io.github.securegrpc.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.securegrpc.material.RefusedException;

/**
 * Names by which a server can be verified: those that the JVM compares with the dns and
 * ip names of a certificate. What can never match is refused before anybody calls.
 */
final class ServerNames {

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");

	private static final Pattern PORT = Pattern.compile("[^:]*:\\d*|\\[.*]:\\d*");

	/* Labels of letters, digits and hyphens (RFC 1123, 2.1), or an address. */
	private static final Pattern HOST = Pattern.compile(
			"(?!-)[\\p{L}\\p{M}\\p{Nd}-]+(\\.[\\p{L}\\p{M}\\p{Nd}-]+)*\\.?|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*|\\[[0-9A-Fa-f:.]+]");

	/* The host and port that the name resolvers of grpc-java and net.devh are given. */
	private static final Pattern TARGET = Pattern
		.compile("(?:static://|dns:///|dns:|discovery:///)?([^/:\\[\\]]+)(?::\\d+)?/?");

	private ServerNames() {
	}

	static void check(String property, String name) {
		if (!HOST.matcher(name).matches()) {
			throw new RefusedException(
					"%s is '%s', %s (expected: a host name or an IP address)".formatted(property, name,
							objection(name)),
					"Set %s to a dns or ip name of the server's certificate, without scheme, port and blanks."
						.formatted(property));
		}
	}

	private static String objection(String name) {
		if (SCHEME.matcher(name).matches()) {
			return "a URI that cannot be verified";
		}
		if (PORT.matcher(name).matches()) {
			return "with a port, which no certificate has";
		}
		return name.contains("_") ? "with an underscore, which the JVM does not accept in the name of a host"
				: "which no certificate can match";
	}

	/* The host of a target, or a target of another form as it is. */
	static String dialled(String target) {
		Matcher host = TARGET.matcher(target);
		return host.matches() ? host.group(1) : target;
	}

	/* A name that is dialled is verified, unless another is set. */
	static void checkTarget(String channel, String target) {
		Matcher host = TARGET.matcher(target);
		if (host.matches() && host.group(1).contains("_") && !host.group(1).contains(",")) {
			throw new RefusedException(
					"the channel %s dials %s, with an underscore, which the JVM does not accept in the name of a host (expected: letters, digits and hyphens)"
						.formatted(channel, target),
					"Set %s.channels.%s.server-name to another dns or ip name of the server's certificate, or give the service a name without an underscore."
						.formatted(ClientProperties.PREFIX, channel));
		}
	}

}
