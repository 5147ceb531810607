package io.github.securegrpc.certs;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What names must look like to be put into a certificate. Each check returns the
 * canonical form. Nothing is looked up.
 */
final class NameSyntax {

	private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

	private static final Pattern DNS = Pattern.compile("(\\*\\.%1$s\\.)?(%1$s\\.)*%1$s".formatted(LABEL));

	private static final Pattern DIGITS_AT_END = Pattern.compile("(.*\\.)?[0-9]+");

	private static final String OCTET = "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])";

	private static final Pattern IPV4 = Pattern.compile("(%1$s\\.){3}%1$s".formatted(OCTET));

	private static final Pattern IPV6 = Pattern.compile("(?=[0-9a-fA-F:])[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

	private static final Pattern EMAIL_LOCAL_PART = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

	private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");

	private static final Pattern SPIFFE_PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._-]+)*");

	private static final Pattern COMMON_NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.@ -]{0,62}[A-Za-z0-9_])?");

	private NameSyntax() {
	}

	static boolean isName(String value) {
		return COMMON_NAME.matcher(value).matches();
	}

	static String name(String value) {
		return require(isName(value), "name", value,
				"up to 64 letters, digits, spaces and _ . @ -, first and last a letter, digit or _");
	}

	static String dns(String value) {
		String name = value.toLowerCase(Locale.ROOT);
		boolean valid = name.length() <= 253 && DNS.matcher(name).matches() && !DIGITS_AT_END.matcher(name).matches();
		return require(valid, "dns", name, "a host name such as node-1.example.com or *.example.com, "
				+ "international names in their xn-- form, addresses as ip");
	}

	static String ip(String value) {
		String expected = "a numeric address such as 127.0.0.1 or ::1, without mask or zone";
		require(IPV4.matcher(value).matches() || IPV6.matcher(value).matches(), "ip", value, expected);
		try {
			return InetAddress.getByName(value).getHostAddress();
		}
		catch (UnknownHostException ex) {
			throw refused("ip", value, expected);
		}
	}

	static String uri(String value) {
		String expected = "an absolute URI in ASCII such as spiffe://example.org/node";
		try {
			URI uri = new URI(value);
			boolean names = uri.getRawAuthority() != null || uri.isOpaque();
			require(uri.isAbsolute() && names && isAscii(value), "uri", value, expected);
			return "spiffe".equalsIgnoreCase(uri.getScheme()) ? spiffe(uri) : value;
		}
		catch (URISyntaxException ex) {
			throw refused("uri", value, expected);
		}
	}

	private static String spiffe(URI uri) {
		String value = uri.toString();
		String authority = (uri.getRawAuthority() != null) ? uri.getRawAuthority() : "";
		String path = (uri.getRawPath() != null) ? uri.getRawPath() : "";
		boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && value.length() <= 2048;
		return require(
				plain && value.startsWith("spiffe://") && TRUST_DOMAIN.matcher(authority).matches()
						&& SPIFFE_PATH.matcher(path).matches(),
				"uri", value, "a SPIFFE ID: spiffe://, a lower-case trust domain and a path, nothing else");
	}

	static String email(String value) {
		int at = value.lastIndexOf('@');
		String expected = "an address in ASCII such as ops@example.com";
		require(at > 0 && EMAIL_LOCAL_PART.matcher(value.substring(0, at)).matches(), "email", value, expected);
		String host = value.substring(at + 1).toLowerCase(Locale.ROOT);
		return require(!host.startsWith("*") && DNS.matcher(host).matches(), "email", value, expected);
	}

	private static boolean isAscii(String value) {
		return value.chars().allMatch((character) -> character > ' ' && character < 0x7F);
	}

	private static String require(boolean valid, String kind, String value, String expected) {
		if (!valid) {
			throw refused(kind, value, expected);
		}
		return value;
	}

	private static IllegalArgumentException refused(String kind, String value, String expected) {
		return new IllegalArgumentException("%s: %s (expected: %s)".formatted(kind, value, expected));
	}

}
