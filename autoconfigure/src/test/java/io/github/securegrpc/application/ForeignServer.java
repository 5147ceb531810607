package io.github.securegrpc.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Objects;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import io.grpc.Server;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.TestCertificates;

/**
 * A server that knows nothing of us and, unless it is good, does one thing wrong.
 */
final class ForeignServer implements AutoCloseable {

	private static final byte[] PLAIN_ANSWER = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] PROTOCOL_VERSION_ALERT = { 21, 3, 1, 0, 2, 2, 70 };

	private final X509Bundle identity;

	private final String protocol;

	private final Wrong wrong;

	private @Nullable X509Bundle trusted;

	private @Nullable X509Certificate presented;

	private @Nullable Server grpc;

	private @Nullable ServerSocket socket;

	ForeignServer(X509Bundle identity, String protocol) {
		this(identity, protocol, Wrong.NOTHING);
	}

	private ForeignServer(X509Bundle identity, String protocol, Wrong wrong) {
		this.identity = identity;
		this.protocol = protocol;
		this.wrong = wrong;
	}

	ForeignServer withForeignKey() {
		return new ForeignServer(this.identity, this.protocol, Wrong.KEY);
	}

	ForeignServer presenting(X509Certificate certificate) {
		ForeignServer server = new ForeignServer(this.identity, this.protocol, Wrong.CERTIFICATE);
		server.presented = certificate;
		return server;
	}

	ForeignServer trusting(X509Bundle authority) {
		ForeignServer server = new ForeignServer(this.identity, this.protocol);
		server.trusted = authority;
		return server;
	}

	ForeignServer withoutHttp2() {
		return new ForeignServer(this.identity, this.protocol, Wrong.APPLICATION_PROTOCOL);
	}

	ForeignServer refusingTheVersion() {
		return new ForeignServer(this.identity, this.protocol, Wrong.VERSION);
	}

	ForeignServer inPlaintext() {
		return new ForeignServer(this.identity, this.protocol, Wrong.PLAINTEXT);
	}

	ForeignServer closing() {
		return new ForeignServer(this.identity, this.protocol, Wrong.CLOSES);
	}

	int port() {
		return (this.grpc != null) ? this.grpc.getPort() : Objects.requireNonNull(this.socket).getLocalPort();
	}

	ForeignServer start() {
		try {
			if (this.wrong == Wrong.NOTHING) {
				startGrpc();
			}
			else {
				this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				Thread thread = new Thread(this::accept);
				thread.setDaemon(true);
				thread.start();
			}
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void startGrpc() throws IOException {
		SslContextBuilder builder = SslContextBuilder.forServer(this.identity.getKeyPair().getPrivate(),
				this.identity.getCertificate());
		if (this.trusted != null) {
			builder.trustManager(this.trusted.getCertificate()).clientAuth(ClientAuth.REQUIRE);
		}
		this.grpc = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sslContext(GrpcSslContexts.configure(builder, SslProvider.JDK).protocols(this.protocol).build())
			.addService(new HealthStatusManager().getHealthService())
			.build()
			.start();
	}

	private void accept() {
		while (true) {
			try (Socket connection = Objects.requireNonNull(this.socket).accept()) {
				serve(connection);
			}
			catch (IOException ex) {
				if (Objects.requireNonNull(this.socket).isClosed()) {
					return;
				}
			}
		}
	}

	private void serve(Socket connection) throws IOException {
		switch (this.wrong) {
			case CLOSES -> connection.getInputStream().read();
			case PLAINTEXT -> {
				connection.getOutputStream().write(PLAIN_ANSWER);
				connection.getInputStream().read();
			}
			case VERSION -> {
				connection.getInputStream().read();
				connection.getOutputStream().write(PROTOCOL_VERSION_ALERT);
				connection.getOutputStream().flush();
				connection.getInputStream().read();
			}
			default -> handshake(connection);
		}
	}

	private void handshake(Socket connection) throws IOException {
		try (SSLSocket tls = (SSLSocket) context().createSocket(connection, null, true)) {
			SSLParameters parameters = tls.getSSLParameters();
			parameters.setProtocols(new String[] { this.protocol });
			tls.setSSLParameters(parameters);
			tls.setSoTimeout(5_000);
			tls.startHandshake();
			tls.getInputStream().read();
		}
	}

	private SSLSocketFactory context() {
		X509Bundle signer = (this.wrong == Wrong.KEY) ? TestCertificates.authority("signer") : this.identity;
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(new KeyManager[] { new FixedKeyManager(signer.getKeyPair().getPrivate(),
					(this.presented != null) ? this.presented : this.identity.getCertificate()) }, null, null);
			return context.getSocketFactory();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			if (this.grpc != null) {
				this.grpc.shutdownNow();
			}
			if (this.socket != null) {
				this.socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private enum Wrong {

		NOTHING, KEY, CERTIFICATE, APPLICATION_PROTOCOL, VERSION, PLAINTEXT, CLOSES

	}

}
