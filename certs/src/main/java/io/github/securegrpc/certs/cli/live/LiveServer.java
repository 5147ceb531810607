package io.github.securegrpc.certs.cli.live;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * What a server shows in a handshake. Nothing is verified, and nothing else is sent.
 *
 * @param chain the chain that it presents
 * @param protocol the protocol and cipher agreed on
 * @param http2 whether it speaks HTTP/2, which gRPC needs
 * @param asksForCertificate whether it asked for a client's certificate
 * @since 0.1.0
 */
public record LiveServer(List<X509Certificate> chain, String protocol, boolean http2, boolean asksForCertificate) {

	private static final int PATIENCE_MILLIS = 10_000;

	/**
	 * Connects to a server, and ends the handshake once it has shown its certificate.
	 * @param address the server
	 * @return what it has shown
	 * @throws io.github.securegrpc.material.RefusedException if it cannot be reached, or
	 * speaks no TLS
	 */
	public static LiveServer see(ServerAddress address) {
		RecordingTrustManager trust = new RecordingTrustManager();
		RecordingKeyManager keys = new RecordingKeyManager();
		String agreed = "no handshake";
		boolean http2 = false;
		try (Socket plain = new Socket()) {
			connect(plain, address);
			plain.setSoTimeout(PATIENCE_MILLIS);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(new KeyManager[] { keys }, new TrustManager[] { trust }, null);
			try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
				.createSocket(plain, address.host(), address.port(), true)) {
				SSLParameters parameters = socket.getSSLParameters();
				parameters.setApplicationProtocols(new String[] { "h2" });
				socket.setSSLParameters(parameters);
				socket.startHandshake();
				agreed = socket.getSession().getProtocol() + ", " + socket.getSession().getCipherSuite();
				http2 = "h2".equals(socket.getApplicationProtocol());
			}
		}
		catch (IOException | GeneralSecurityException ex) {
			// a server that wants a certificate ends the handshake after it has shown its
			// own
			if (trust.chain().isEmpty()) {
				throw new ServerRefusals(address).unspoken(ex);
			}
		}
		return new LiveServer(trust.chain(), agreed, http2, keys.isAsked());
	}

	private static void connect(Socket plain, ServerAddress address) {
		try {
			plain.connect(new InetSocketAddress(address.host(), address.port()), PATIENCE_MILLIS);
		}
		catch (IOException ex) {
			throw new ServerRefusals(address).unconnected(ex);
		}
	}

}
