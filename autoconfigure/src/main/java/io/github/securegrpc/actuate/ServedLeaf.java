package io.github.securegrpc.actuate;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.transport.OwnConnections;

/**
 * Asks a port for its leaf. The connection is closed as soon as the leaf is there, before
 * the server can ask for ours, and nothing is ever sent over it.
 */
final class ServedLeaf {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final OwnConnections own;

	ServedLeaf(OwnConnections own) {
		this.own = own;
	}

	X509Certificate at(InetSocketAddress address) throws IOException {
		try (Socket socket = new Socket()) {
			socket.bind(new InetSocketAddress(address.getAddress(), 0));
			this.own.announce(socket.getLocalSocketAddress());
			boolean connected = false;
			try {
				socket.connect(address, Math.toIntExact(TIMEOUT.toMillis()));
				connected = true;
			}
			finally {
				if (!connected) {
					this.own.withdraw(socket.getLocalSocketAddress());
				}
			}
			socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
			return handshake(socket, address);
		}
	}

	private static X509Certificate handshake(Socket socket, InetSocketAddress address) throws IOException {
		LeafCatcher catcher = new LeafCatcher(socket);
		try (SSLSocket tls = (SSLSocket) context(catcher).getSocketFactory()
			.createSocket(socket, address.getHostString(), address.getPort(), true)) {
			SSLParameters parameters = tls.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { "h2" });
			tls.setSSLParameters(parameters);
			tls.startHandshake();
		}
		catch (IOException ex) {
			if (catcher.leaf == null) {
				throw ex;
			}
		}
		if (catcher.leaf == null) {
			throw new IOException("no certificate was presented");
		}
		return catcher.leaf;
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

	/** Takes the leaf, hangs up and trusts nobody. */
	private static final class LeafCatcher extends X509ExtendedTrustManager {

		private final Socket socket;

		private @Nullable X509Certificate leaf;

		LeafCatcher(Socket socket) {
			this.socket = socket;
		}

		private void caught(X509Certificate[] chain) throws CertificateException {
			this.leaf = chain[0];
			try {
				this.socket.close();
			}
			catch (IOException ex) {
				// it is closed once more later
			}
			throw new CertificateException("the leaf is all that was wanted");
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket connection)
				throws CertificateException {
			caught(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
				throws CertificateException {
			caught(chain);
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
			caught(chain);
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket connection)
				throws CertificateException {
			throw new CertificateException("no client is trusted");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
				throws CertificateException {
			throw new CertificateException("no client is trusted");
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
			throw new CertificateException("no client is trusted");
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
