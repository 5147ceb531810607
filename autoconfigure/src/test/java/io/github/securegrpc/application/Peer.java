package io.github.securegrpc.application;

import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

/**
 * A client that knows nothing of us, with one connection. It presents whatever chain it
 * likes, with the key of the identity.
 */
public final class Peer implements AutoCloseable {

	private final ManagedChannel channel;

	public Peer(int port, @Nullable X509Bundle identity, X509Certificate... appended) {
		try {
			SslContextBuilder builder = SslContextBuilder.forClient()
				.trustManager(InsecureTrustManagerFactory.INSTANCE);
			if (identity != null) {
				builder.keyManager(new Presenting(identity, appended));
			}
			this.channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
				.disableRetry()
				.sslContext(GrpcSslContexts.configure(builder, SslProvider.JDK).build())
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public ManagedChannel channel() {
		return this.channel;
	}

	public String ask(String method) {
		return WhoCalls.ask(this.channel, method);
	}

	/* Returns how a call ends. */
	public Status status(String method) {
		try {
			ask(method);
			return Status.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus();
		}
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
		try {
			this.channel.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class Presenting extends FixedKeyManager {

		private final X509Certificate[] appended;

		private Presenting(X509Bundle identity, X509Certificate... appended) {
			super(identity);
			this.appended = appended;
		}

		@Override
		public X509Certificate[] getCertificateChain(String alias) {
			X509Certificate[] chain = new X509Certificate[this.appended.length + 1];
			chain[0] = super.getCertificateChain(alias)[0];
			System.arraycopy(this.appended, 0, chain, 1, this.appended.length);
			return chain;
		}

	}

}
