package io.github.securegrpc.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts exactly one leaf, for the handshake with ourselves. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LeafOnlyTrustManager extends X509ExtendedTrustManager {

	private final X509Certificate leaf;

	/**
	 * Creates a trust manager.
	 * @param leaf the only leaf to accept
	 */
	public LeafOnlyTrustManager(X509Certificate leaf) {
		this.leaf = leaf;
	}

	private void check(X509Certificate[] chain) throws CertificateException {
		if (!chain[0].equals(this.leaf)) {
			throw new CertificateException("another leaf than our own was presented");
		}
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
			throws CertificateException {
		check(chain);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		check(chain);
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

}
