package io.github.securegrpc.sample.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Where a peer is served, in the one spelling in which addresses are compared. Made of
 * what others say: nothing else can be dialled or printed. No name is looked up.
 *
 * @param host a name in lower case, or an IP address without brackets
 * @param port from 1 on
 */
record PeerAddress(String host, int port) {

	private static final Pattern FORM = Pattern
		.compile("(?:\\[([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,44})]|([0-9A-Za-z.-]{1,253})):([1-9]\\d{0,4})");

	private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

	private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

	/* The last label is not all digits: that would be an IP address, or none. */
	private static final Pattern NAME = Pattern
		.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*(?!\\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

	private static final int LAST_PORT = 65_535;

	static Optional<PeerAddress> parse(String text) {
		Matcher matcher = FORM.matcher(text);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String host = (matcher.group(1) != null) ? literal(matcher.group(1)) : host(matcher.group(2));
		int port = Integer.parseInt(matcher.group(3));
		return (host != null && port <= LAST_PORT) ? Optional.of(new PeerAddress(host, port)) : Optional.empty();
	}

	/* The host that a setting names, as it is here; null if it is none. */
	static @Nullable String host(String text) {
		String address = literal(text);
		return (address != null) ? address : name(text);
	}

	static @Nullable String name(String text) {
		String name = text.toLowerCase(Locale.ROOT);
		return NAME.matcher(name).matches() ? name : null;
	}

	static @Nullable String literal(String text) {
		if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
			return null;
		}
		try {
			InetAddress address = InetAddress.getByName(text);
			return (address.isAnyLocalAddress() || address.isMulticastAddress()) ? null : address.getHostAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/* As grpc-java takes it, in whose dns: targets there are no brackets. */
	String target() {
		return (this.host.indexOf(':') < 0) ? "dns:///" + this : toString();
	}

	@Override
	public String toString() {
		return ((this.host.indexOf(':') < 0) ? "%s:%d" : "[%s]:%d").formatted(this.host, this.port);
	}

}
