package io.github.securegrpc.certs.cli;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server by its host and port.
 *
 * @param host a name or a numeric address, without brackets
 * @param port the port
 */
record ServerAddress(String host, int port) {

	private static final Pattern SYNTAX = Pattern.compile("(\\[([0-9a-fA-F:.]+)]|[^:/\\s]+):(\\d{1,5})");

	static Optional<ServerAddress> parse(String text) {
		Matcher matcher = SYNTAX.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		int port = Integer.parseInt(matcher.group(3));
		String host = (matcher.group(2) != null) ? matcher.group(2) : matcher.group(1);
		return (port > 0 && port < 65536) ? Optional.of(new ServerAddress(host, port)) : Optional.empty();
	}

	@Override
	public String toString() {
		return (this.host.contains(":") ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

}
