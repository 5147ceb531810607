package io.github.securegrpc.peer;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.peer.rules.TrustedProxies;

/**
 * What a trusted proxy says of where a call came from. Of {@code X-Forwarded-For} the
 * last address counts that is no trusted proxy's own, as each proxy appends whom it has
 * seen and what stands before may be anybody's invention; else {@code X-Real-IP}. A proxy
 * that sets one passes on the other as the client has sent it: where they contradict each
 * other, neither counts.
 */
final class ForwardedFor {

	private static final Metadata.Key<String> FORWARDED_FOR = Metadata.Key.of("x-forwarded-for",
			Metadata.ASCII_STRING_MARSHALLER);

	private static final Metadata.Key<String> REAL_IP = Metadata.Key.of("x-real-ip", Metadata.ASCII_STRING_MARSHALLER);

	/* Some proxies write the port, too. */
	private static final Pattern WITH_PORT = Pattern.compile("\\[(.*)](?::\\d{1,5})?|([0-9.]+):\\d{1,5}");

	private final TrustedProxies proxies;

	ForwardedFor(TrustedProxies proxies) {
		this.proxies = proxies;
	}

	/*
	 * Returns the address, or null where none is said, or nothing that can be believed.
	 */
	@Nullable InetAddress client(Metadata headers) {
		return client(values(headers, FORWARDED_FOR), values(headers, REAL_IP));
	}

	static boolean isSaid(Metadata headers) {
		return headers.containsKey(FORWARDED_FOR) || headers.containsKey(REAL_IP);
	}

	static String words(Metadata headers) {
		return "X-Forwarded-For %s, X-Real-IP %s".formatted(values(headers, FORWARDED_FOR), values(headers, REAL_IP));
	}

	private @Nullable InetAddress client(List<String> hops, List<String> real) {
		if (hops.isEmpty()) {
			return (real.size() == 1) ? address(real.get(0)) : null;
		}
		int place = hops.size() - 1;
		InetAddress client = address(hops.get(place));
		while (client != null && place > 0 && this.proxies.trust(client)) {
			client = address(hops.get(--place));
		}
		return agree(real, hops.subList(place, hops.size())) ? client : null;
	}

	/* The proxy that says X-Real-IP may stand anywhere after the client. */
	private static boolean agree(List<String> real, List<String> hops) {
		List<InetAddress> addresses = new ArrayList<>();
		hops.forEach((hop) -> addresses.add(address(hop)));
		return real.isEmpty() || (real.size() == 1 && addresses.contains(address(real.get(0))));
	}

	private static @Nullable InetAddress address(String text) {
		Matcher port = WITH_PORT.matcher(text);
		if (port.matches()) {
			return TrustedProxies.address((port.group(1) != null) ? port.group(1) : port.group(2));
		}
		return TrustedProxies.address(text);
	}

	private static List<String> values(Metadata headers, Metadata.Key<String> key) {
		Iterable<String> all = headers.getAll(key);
		List<String> values = new ArrayList<>();
		if (all != null) {
			for (String value : all) {
				for (String part : value.split(",", -1)) {
					values.add(part.strip());
				}
			}
		}
		return values;
	}

}
