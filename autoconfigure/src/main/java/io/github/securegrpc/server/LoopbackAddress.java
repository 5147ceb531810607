package io.github.securegrpc.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Tells whether an address to listen on can be reached from this machine alone.
 */
final class LoopbackAddress {

	private LoopbackAddress() {
	}

	static boolean isLoopback(String address) {
		if (address.startsWith("unix:")) {
			return true;
		}
		if (address.isBlank() || address.equals("*")) {
			return false;
		}
		try {
			for (InetAddress candidate : InetAddress.getAllByName(address)) {
				if (!candidate.isLoopbackAddress()) {
					return false;
				}
			}
			return true;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
