package io.github.securegrpc.application;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;

/**
 * A client of the JDK's that looks which certificate a server presents. It resumes its
 * sessions, where the server lets it.
 */
public final class TlsProbe {

	private final SSLContext context;

	private String lastSession = "none";

	public TlsProbe(X509Bundle identity) throws GeneralSecurityException {
		this.context = SSLContext.getInstance("TLS");
		this.context.init(new KeyManager[] { new FixedKeyManager(identity) },
				InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
	}

	/* Protocol and cipher suite. */
	public String lastSession() {
		return this.lastSession;
	}

	public X509Certificate connect(int port) throws IOException {
		return connect(port, (offer) -> {
		});
	}

	/*
	 * Until the first byte of HTTP/2: a refusal under TLS 1.3 comes after the handshake.
	 */
	public X509Certificate connect(int port, Consumer<SSLParameters> offer) throws IOException {
		try (SSLSocket socket = (SSLSocket) this.context.getSocketFactory().createSocket("127.0.0.1", port)) {
			socket.setSoTimeout(10_000);
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setApplicationProtocols(new String[] { "h2" });
			offer.accept(parameters);
			socket.setSSLParameters(parameters);
			socket.startHandshake();
			if (socket.getInputStream().read() < 0) {
				throw new EOFException("closed before the first byte");
			}
			this.lastSession = socket.getSession().getProtocol() + " " + socket.getSession().getCipherSuite();
			return (X509Certificate) socket.getSession().getPeerCertificates()[0];
		}
		catch (EOFException | SocketException ex) {
			throw new SSLException(ex);
		}
	}

}
