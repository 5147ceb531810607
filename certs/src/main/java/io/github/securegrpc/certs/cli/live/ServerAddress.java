package io.github.securegrpc.certs.cli.live;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server by its host and port.
 *
 * @param host a name or a numeric address, without brackets
 * @param port the port
 * @since 0.1.0
 */
public record ServerAddress(String host, int port) {

	private static final Pattern SYNTAX = Pattern.compile("(\\[([0-9a-fA-F:.]+)]|[^:/\\s]+):(\\d{1,5})");

	/**
	 * Parses an address.
	 * @param text {@code host:port}, with brackets around a numeric address of IPv6
	 * @return the address, or empty if it is none
	 */
	public static Optional<ServerAddress> parse(String text) {
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
