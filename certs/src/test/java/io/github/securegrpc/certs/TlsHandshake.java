package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import io.github.securegrpc.material.Identity;

/**
 * A mutual TLS handshake in memory, by the JDK, with verification of the host's name.
 */
public final class TlsHandshake {

	private static final char[] PASSWORD = "test".toCharArray();

	private final SSLEngine server;

	private final SSLEngine client;

	public TlsHandshake(X509Certificate trustAnchor, Identity server, Identity client)
			throws GeneralSecurityException, IOException {
		this.server = context(server, trustAnchor).createSSLEngine();
		this.server.setUseClientMode(false);
		this.server.setNeedClientAuth(true);
		this.client = context(client, trustAnchor).createSSLEngine("localhost", 50051);
		this.client.setUseClientMode(true);
		SSLParameters parameters = this.client.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		this.client.setSSLParameters(parameters);
	}

	/**
	 * Runs the handshake.
	 * @return the leaf that the server saw
	 * @throws SSLException if either side refuses
	 */
	public X509Certificate run() throws SSLException {
		ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
		ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
		this.client.beginHandshake();
		this.server.beginHandshake();
		for (int step = 0; step < 50; step++) {
			advance(this.client, toClient, toServer);
			advance(this.server, toServer, toClient);
			if (isDone(this.client) && isDone(this.server) && toServer.position() == 0) {
				return (X509Certificate) this.server.getSession().getPeerCertificates()[0];
			}
		}
		throw new SSLException("The handshake does not end");
	}

	private static void advance(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
		ByteBuffer plain = ByteBuffer.allocate(1 << 16);
		int before;
		do {
			before = in.position() + out.position();
			runTasks(engine);
			engine.wrap(ByteBuffer.allocate(0), out);
			runTasks(engine);
			in.flip();
			engine.unwrap(in, plain);
			in.compact();
		}
		while (in.position() + out.position() != before);
	}

	private static void runTasks(SSLEngine engine) {
		for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
			task.run();
		}
	}

	private static boolean isDone(SSLEngine engine) {
		return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
	}

	private static SSLContext context(Identity identity, X509Certificate trustAnchor)
			throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("anchor", trustAnchor);
		TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
		trust.init(store);
		KeyStore own = KeyStore.getInstance("PKCS12");
		own.load(null, null);
		own.setKeyEntry("own", identity.privateKey(), PASSWORD, identity.chain().toArray(new X509Certificate[0]));
		KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
		keys.init(own, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
		return context;
	}

}
