package io.github.securegrpc.peer.rules;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * IP addresses with a common prefix (RFC 4632). Nothing here asks a name server.
 *
 * @param network the first address of the range
 * @param prefix the number of leading bits in common
 */
record AddressRange(InetAddress network, int prefix) {

	private static final Pattern V4 = Pattern
		.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");

	private static final Pattern V6 = Pattern.compile("(?!\\.)[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

	private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

	/* Returns the address that is written, or null if none is. */
	static @Nullable InetAddress address(String text) {
		if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	/* Returns the range that is written as address/prefix, or null if none is. */
	static @Nullable AddressRange parse(String text) {
		int slash = text.indexOf('/');
		String prefix = text.substring(slash + 1);
		InetAddress network = (slash > 0) ? address(text.substring(0, slash)) : null;
		if (network == null || !PREFIX.matcher(prefix).matches()) {
			return null;
		}
		AddressRange range = new AddressRange(network, Integer.parseInt(prefix));
		int rest = range.bits() - range.prefix();
		boolean isFirst = rest >= 0
				&& range.number(network).shiftRight(rest).shiftLeft(rest).equals(range.number(network));
		return isFirst ? range : null;
	}

	boolean contains(InetAddress address) {
		int rest = bits() - this.prefix;
		return address.getAddress().length == this.network.getAddress().length
				&& number(address).shiftRight(rest).equals(number(this.network).shiftRight(rest));
	}

	private int bits() {
		return this.network.getAddress().length * Byte.SIZE;
	}

	private BigInteger number(InetAddress address) {
		return new BigInteger(1, address.getAddress());
	}

}
