package io.github.securegrpc.certs.cli.live;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Remembers the chain of the server and accepts it, whatever it is: only for looking at
 * one, never for sending it anything.
 */
final class RecordingTrustManager extends X509ExtendedTrustManager {

	private List<X509Certificate> chain = List.of();

	List<X509Certificate> chain() {
		return this.chain;
	}

	private void remember(X509Certificate... presented) {
		this.chain = List.of(presented);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] presented, String authType) {
		remember(presented);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] presented, String authType, Socket socket) {
		remember(presented);
	}

	@Override
	public void checkServerTrusted(X509Certificate[] presented, String authType, SSLEngine engine) {
		remember(presented);
	}

	@Override
	public void checkClientTrusted(X509Certificate[] presented, String authType) {
		throw new UnsupportedOperationException("This is a client");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] presented, String authType, Socket socket) {
		throw new UnsupportedOperationException("This is a client");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] presented, String authType, SSLEngine engine) {
		throw new UnsupportedOperationException("This is a client");
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}

}
