package io.github.securegrpc.peer.rules;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * One entry of a rule's {@code allow}, parsed. What could never match, or would match
 * more than it says, is refused.
 */
sealed interface AllowedName {

	Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

	Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[!-~&&[^*]]+");

	/* Returns whether every peer that the other one means is meant by this one, too. */
	boolean covers(AllowedName other);

	/* Returns it as a rule has it. */
	String text();

	static List<AllowedName> parse(List<String> allow, String property) {
		List<AllowedName> names = new ArrayList<>();
		for (int i = 0; i < allow.size(); i++) {
			names.add(parse(allow.get(i), "%s[%d]".formatted(property, i)));
		}
		return List.copyOf(names);
	}

	static AllowedName parse(String text, String property) {
		int colon = text.indexOf(':');
		String kind = (colon > 0) ? text.substring(0, colon) : text;
		String value = text.substring(colon + 1);
		return switch (kind) {
			case "anyone" -> word(text, kind, AllowedPeers.Scope.ANYONE, property);
			case "any-peer" -> word(text, kind, AllowedPeers.Scope.ANY_PEER, property);
			case "user" -> user(value, property);
			case "uri" -> uri(value, property);
			case "dns" -> exact("dns:", dns(value), text, property, "dns:host.example.com or dns:*.example.com");
			case "email" ->
				exact("email:", EmailAddress.canonical(value), text, property, "email:somebody@example.com");
			case "ip" -> ip(value, property);
			case "fingerprint" -> exact("fingerprint:", fingerprint(value), text, property,
					"fingerprint: and the SHA-256 of the certificate, 64 hex digits");
			default -> throw refused(text, property,
					"uri:, dns:, ip:, email:, fingerprint: or user: and a name, any-peer, or anyone");
		};
	}

	private static AllowedName word(String text, String word, AllowedPeers.Scope scope, String property) {
		if (!text.equals(word)) {
			throw refused(text, property, word + " alone");
		}
		return new Anybody(scope);
	}

	/* Of basic-auth, which no certificate has to have. */
	private static AllowedName user(String value, String property) {
		if (value.isBlank() || value.contains(":") || (value.contains("*") && !value.equals("*"))) {
			throw refused("user:" + value, property, "user: and the name of a user, or user:*");
		}
		return new User(value);
	}

	private static AllowedName uri(String value, String property) {
		if (value.startsWith(SpiffeId.SCHEME) && value.endsWith("*")) {
			String prefix = value.substring(0, value.length() - 1);
			if (!SpiffeId.isPrefix(prefix)) {
				throw refused("uri:" + value, property, "uri:spiffe://domain/* or uri:spiffe://domain/path/*");
			}
			return new SpiffePrefix(prefix);
		}
		if (SpiffeId.hasScheme(value)) {
			return exact("uri:", SpiffeId.isLeafId(value) ? value : null, "uri:" + value, property,
					"a SPIFFE ID with a path, as in uri:spiffe://domain/path");
		}
		return exact("uri:", URI.matcher(value).matches() ? value : null, "uri:" + value, property,
				"a whole URI; a * stands at the end of a SPIFFE ID only");
	}

	private static @Nullable String dns(String value) {
		boolean wildcard = value.startsWith("*.");
		String name = DnsName.canonical(wildcard ? value.substring(2) : value);
		return (name != null && wildcard) ? "*." + name : name;
	}

	private static AllowedName ip(String value, String property) {
		String expected = "an address as in ip:10.1.2.3 or ip:2001:db8::1, or a range as in ip:10.1.0.0/16";
		if (value.contains("/")) {
			AddressRange range = AddressRange.parse(value);
			if (range == null) {
				throw refused("ip:" + value, property, expected + ", of which it is the first address");
			}
			return new Addresses(range);
		}
		InetAddress address = AddressRange.address(value);
		return exact("ip:", (address != null) ? address.getHostAddress() : null, "ip:" + value, property, expected);
	}

	private static @Nullable String fingerprint(String value) {
		String hex = value.replace(":", "").toLowerCase(Locale.ROOT);
		return FINGERPRINT.matcher(hex).matches() ? hex : null;
	}

	private static Exact exact(String kind, @Nullable String canonical, String text, String property, String expected) {
		if (canonical == null) {
			throw refused(text, property, expected);
		}
		return new Exact(kind + canonical);
	}

	private static RefusedException refused(String text, String property, String expected) {
		return new RefusedException("%s: '%s' names no peer (expected: %s)".formatted(property, text, expected),
				"Write the name as the peer's certificate has it among its subject alternative names; docs/authorize.md shows how to read them.");
	}

	/** A name that a peer must have, in the form of {@link PeerNames}. */
	record Exact(String name) implements AllowedName {

		@Override
		public boolean covers(AllowedName other) {
			return other instanceof Exact exact && (exact.name.equals(this.name) || this.name.equals(exact.wildcard()));
		}

		/* A wildcard stands for exactly one label. */
		private @Nullable String wildcard() {
			int dot = this.name.startsWith("dns:") ? this.name.indexOf('.') : -1;
			return (dot > 0) ? "dns:*" + this.name.substring(dot) : null;
		}

		@Override
		public String text() {
			return this.name;
		}

	}

	/** What a SPIFFE ID must begin with. */
	record SpiffePrefix(String prefix) implements AllowedName {

		@Override
		public boolean covers(AllowedName other) {
			return (other instanceof SpiffePrefix narrower && narrower.prefix.startsWith(this.prefix))
					|| (other instanceof Exact exact && exact.name.startsWith("uri:" + this.prefix));
		}

		@Override
		public String text() {
			return "uri:" + this.prefix + "*";
		}

	}

	/** Where an address must be. */
	record Addresses(AddressRange range) implements AllowedName {

		@Override
		public boolean covers(AllowedName other) {
			if (other instanceof Addresses narrower) {
				return narrower.range.prefix() >= this.range.prefix() && this.range.contains(narrower.range.network());
			}
			InetAddress address = (other instanceof Exact exact && exact.name.startsWith("ip:"))
					? AddressRange.address(exact.name.substring("ip:".length())) : null;
			return address != null && this.range.contains(address);
		}

		@Override
		public String text() {
			return "ip:%s/%d".formatted(this.range.network().getHostAddress(), this.range.prefix());
		}

	}

	/** A user of basic-auth, or with a star each. */
	record User(String name) implements AllowedName {

		static final String ANY = "*";

		@Override
		public boolean covers(AllowedName other) {
			return other instanceof User user && (this.name.equals(ANY) || this.name.equals(user.name));
		}

		@Override
		public String text() {
			return "user:" + this.name;
		}

	}

	/** Any name will do. */
	record Anybody(AllowedPeers.Scope scope) implements AllowedName {

		@Override
		public boolean covers(AllowedName other) {
			if (this.scope == AllowedPeers.Scope.ANYONE) {
				return true;
			}
			return !(other instanceof User)
					&& (!(other instanceof Anybody anybody) || anybody.scope.compareTo(this.scope) <= 0);
		}

		@Override
		public String text() {
			return (this.scope == AllowedPeers.Scope.ANYONE) ? "anyone" : "any-peer";
		}

	}

}
