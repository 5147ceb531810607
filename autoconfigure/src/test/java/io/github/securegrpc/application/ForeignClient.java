package io.github.securegrpc.application;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.TestCertificates;

/**
 * A client that knows nothing of us, trusts anyone, and does most things wrong.
 */
final class ForeignClient {

	private static final X509Bundle ANYBODY = TestCertificates.client(TestCertificates.authority("anybody"));

	private final int port;

	private final String protocol;

	private @Nullable SSLContext last;

	ForeignClient(int port, String protocol) {
		this.port = port;
		this.protocol = protocol;
	}

	void connect(@Nullable X509Bundle identity) {
		this.last = context((identity != null) ? new FixedKeyManager(identity) : null);
		connect(this.last, this.port, (parameters) -> {
		});
	}

	/* With the same context, so that its session is resumed. */
	void connectAgain() {
		connect(java.util.Objects.requireNonNull(this.last), this.port, (parameters) -> {
		});
	}

	void connect(X509Bundle identity, Consumer<SSLParameters> wrong) {
		connect(context(new FixedKeyManager(identity)), this.port, wrong);
	}

	/* Presents something that is no certificate. */
	void connectMalformed() {
		connect(ANYBODY, new BrokenCertificate(ANYBODY.getCertificate()));
	}

	/* Presents another certificate than the identity's. */
	void connect(X509Bundle identity, X509Certificate presented) {
		connect(context(new FixedKeyManager(identity.getKeyPair().getPrivate(), presented)), this.port,
				(parameters) -> {
				});
	}

	/* Presents a certificate, and signs with another key. */
	void connectWithForeignKey(X509Bundle identity) {
		connect(ANYBODY, identity.getCertificate());
	}

	/* Through a relay that changes the last byte of the first encrypted record. */
	void connectTampered(X509Bundle identity) {
		try (ServerSocket relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			Thread thread = new Thread(new TamperingRelay(relay, this.port));
			thread.setDaemon(true);
			thread.start();
			connect(context(new FixedKeyManager(identity)), relay.getLocalPort(), (parameters) -> {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/* Sends bytes that are not TLS, and waits for the server to close. */
	void send(String text) {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(5_000);
			socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			while (answer.read() >= 0) {
				// until the end
			}
		}
		catch (IOException ex) {
			// the server closed
		}
	}

	/* Goes away after the first bytes of a record. */
	void close() {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			OutputStream out = socket.getOutputStream();
			out.write(new byte[] { 22, 3, 1, 1 });
			out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void connect(SSLContext context, int to, Consumer<SSLParameters> wrong) {
		try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
			.createSocket(InetAddress.getLoopbackAddress(), to)) {
			socket.setSoTimeout(5_000);
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setProtocols(new String[] { this.protocol });
			parameters.setApplicationProtocols(new String[] { "h2" });
			wrong.accept(parameters);
			socket.setSSLParameters(parameters);
			socket.startHandshake();
			int first = socket.getInputStream().read();
			if (first < 0) {
				throw new IOException("closed");
			}
		}
		catch (IOException ex) {
			// what came of it is asked of the server
		}
	}

	private static SSLContext context(@Nullable KeyManager key) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((key != null) ? new KeyManager[] { key } : null,
					InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
