package io.github.securegrpc.actuate;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Takes the leaf that a server presents. It believes nothing: what it sees is compared
 * with what is known.
 */
final class LeafCatcher extends X509ExtendedTrustManager {

	private final @Nullable Socket hangUp;

	private @Nullable X509Certificate leaf;

	/* With a socket, that is closed as soon as the leaf is there. */
	LeafCatcher(@Nullable Socket hangUp) {
		this.hangUp = hangUp;
	}

	@Nullable X509Certificate leaf() {
		return this.leaf;
	}

	private void caught(X509Certificate[] chain) throws CertificateException {
		this.leaf = chain[0];
		if (this.hangUp != null) {
			try {
				this.hangUp.close();
			}
			catch (IOException ex) {
				// it is closed once more later
			}
			throw new CertificateException("the leaf is all that was wanted");
		}
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
