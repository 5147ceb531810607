package io.github.securegrpc.certs.cli.live;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.securegrpc.material.RefusedException;

/**
 * Why there is no server to look at, in words.
 *
 * @param address where it was looked for
 */
record ServerRefusals(ServerAddress address) {

	RefusedException unconnected(IOException ex) {
		if (ex instanceof UnknownHostException) {
			return new RefusedException(
					"%s: the host %s is unknown (expected: a name that this machine can look up, or a numeric address)"
						.formatted(this.address, this.address.host()),
					"Check the name, and the name servers of this machine.");
		}
		if (ex instanceof ConnectException) {
			return new RefusedException(
					"%s: nobody listens there, %s (expected: a running server)".formatted(this.address,
							ex.getMessage()),
					"Start the server, or check the port and the address that it listens on.");
		}
		return new RefusedException(
				"%s: not reached, %s (expected: a running server)".formatted(this.address, reason(ex)),
				"Check host and port, and what lies between: network, firewall, proxy.");
	}

	RefusedException unspoken(Exception ex) {
		if (ex instanceof SocketTimeoutException) {
			return unspoken("it takes the connection and is silent");
		}
		if (ex.getCause() instanceof EOFException) {
			return unspoken("it closes the connection at the first bytes of TLS");
		}
		// JSSE says so of what does not begin as a record of TLS does
		if (ex instanceof SSLException && !(ex instanceof SSLHandshakeException)
				&& String.valueOf(ex.getMessage()).contains("SSL message")) {
			return unspoken("what it answers is not TLS");
		}
		return unspoken(reason(ex));
	}

	private RefusedException unspoken(String found) {
		return new RefusedException(
				"%s: no TLS handshake, %s (expected: a server that speaks TLS 1.2 or 1.3)".formatted(this.address,
						found),
				"Check that this is the port on which the server speaks TLS, and not its plaintext port.");
	}

	private static String reason(Exception ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
	}

}
