package io.github.securegrpc.actuate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import io.github.securegrpc.transport.OwnConnections;

/**
 * Asks a port what it serves to somebody without a certificate. No call is ever made.
 */
final class ServedPort {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final OwnConnections own;

	ServedPort(OwnConnections own) {
		this.own = own;
	}

	/* Whether the port speaks HTTP/2 without TLS. One that cannot be reached does not. */
	boolean speaksPlaintext(InetSocketAddress address) {
		try (Socket socket = connect(address)) {
			return Http2Greeting.isAnswered(socket);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/*
	 * The leaf is all that is asked for, if the server lets in whoever has no
	 * certificate: the connection is closed as soon as it is there. Else whether it does
	 * is what the connection goes on for.
	 */
	Seen ask(InetSocketAddress address, boolean letsInAnyone) throws IOException {
		try (Socket socket = connect(address)) {
			LeafCatcher catcher = new LeafCatcher(letsInAnyone ? socket : null);
			boolean answered = false;
			IOException failure = null;
			try (SSLSocket tls = (SSLSocket) context(catcher).getSocketFactory()
				.createSocket(socket, address.getHostString(), address.getPort(), true)) {
				SSLParameters parameters = tls.getSSLParameters();
				parameters.setApplicationProtocols(new String[] { "h2" });
				tls.setSSLParameters(parameters);
				tls.startHandshake();
				// in TLS 1.3 the server has not judged us yet: only its answer tells
				answered = Http2Greeting.isAnswered(tls);
			}
			catch (IOException ex) {
				failure = ex;
			}
			X509Certificate leaf = catcher.leaf();
			if (leaf == null) {
				throw (failure != null) ? failure : new IOException("no certificate was presented");
			}
			return new Seen(leaf, answered);
		}
	}

	private Socket connect(InetSocketAddress address) throws IOException {
		Socket socket = new Socket();
		boolean connected = false;
		try {
			socket.bind(new InetSocketAddress(address.getAddress(), 0));
			this.own.announce(socket.getLocalSocketAddress());
			socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
			socket.connect(address, Math.toIntExact(TIMEOUT.toMillis()));
			connected = true;
			return socket;
		}
		finally {
			if (!connected) {
				this.own.withdraw(socket.getLocalSocketAddress());
				socket.close();
			}
		}
	}

	private static SSLContext context(TrustManager trustManager) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { trustManager }, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("TLS is required of every Java platform", ex);
		}
	}

	/**
	 * What a port serves.
	 *
	 * @param leaf the leaf it presents
	 * @param anyone whether it lets in whoever has no certificate
	 */
	record Seen(X509Certificate leaf, boolean anyone) {

	}

}
