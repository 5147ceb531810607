package io.github.securegrpc.transport.netty;

import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.grpc.netty.GrpcSslContexts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.rotation.HandshakeProbe;
import io.github.securegrpc.transport.LeafOnlyTrustManager;
import io.github.securegrpc.transport.TlsOptions;

/**
 * A handshake with ourselves in memory, once per protocol version. It finds a library
 * that loads and then fails (tcnative of another version), a key that the provider cannot
 * sign with, and ciphers that do not fit the key; and it warms the engine up, so that the
 * first peer need not wait for classes and native code to load.
 */
final class SelfTest {

	private SelfTest() {
	}

	/*
	 * The server's own context against a client that accepts exactly its leaf. Client
	 * authentication is left out on this one engine: we hold no client's key.
	 */
	static void server(SslContext context, Identity identity, TlsOptions options, SslProvider provider) {
		for (String protocol : options.protocols()) {
			try {
				SslContext client = peerClient(identity, protocol, provider, false);
				SSLEngine serverEngine = context.newEngine(ByteBufAllocator.DEFAULT);
				serverEngine.setNeedClientAuth(false);
				serverEngine.setWantClientAuth(false);
				run(client, client.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0), serverEngine);
			}
			catch (SSLException | LinkageError ex) {
				throw refused(context, protocol, provider, ex);
			}
		}
	}

	/*
	 * A channel's own context accepts only real servers, so it gets no further than its
	 * first flight here; its identity is tried by a context of its own.
	 */
	static void client(SslContext context, @Nullable Identity identity, TlsOptions options, SslProvider provider) {
		for (String protocol : options.protocols()) {
			try {
				SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0);
				engine.beginHandshake();
				ReferenceCountUtil.release(engine);
				if (identity != null) {
					SslContext client = peerClient(identity, protocol, provider, true);
					SslContext server = peerServer(identity, protocol, provider);
					run(client, client.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0),
							server.newEngine(ByteBufAllocator.DEFAULT));
					ReferenceCountUtil.release(server);
				}
			}
			catch (SSLException | LinkageError ex) {
				throw refused(context, protocol, provider, ex);
			}
		}
	}

	private static void run(SslContext client, SSLEngine clientEngine, SSLEngine serverEngine) throws SSLException {
		try {
			HandshakeProbe.run(clientEngine, serverEngine);
		}
		finally {
			ReferenceCountUtil.release(clientEngine);
			ReferenceCountUtil.release(serverEngine);
			ReferenceCountUtil.release(client);
		}
	}

	private static SslContext peerClient(Identity identity, String protocol, SslProvider provider, boolean present)
			throws SSLException {
		SslContextBuilder builder = SslContextBuilder.forClient()
			.trustManager(new LeafOnlyTrustManager(identity.leaf()))
			.endpointIdentificationAlgorithm("");
		if (present) {
			builder.keyManager(identity.privateKey(), identity.chain().toArray(X509Certificate[]::new));
		}
		return GrpcSslContexts.configure(builder, provider).protocols(List.of(protocol)).build();
	}

	private static SslContext peerServer(Identity identity, String protocol, SslProvider provider) throws SSLException {
		SslContextBuilder builder = SslContextBuilder
			.forServer(identity.privateKey(), identity.chain().toArray(X509Certificate[]::new))
			.trustManager(new LeafOnlyTrustManager(identity.leaf()))
			.clientAuth(ClientAuth.REQUIRE);
		return GrpcSslContexts.configure(builder, provider).protocols(List.of(protocol)).build();
	}

	private static RefusedException refused(SslContext context, String protocol, SslProvider provider, Throwable ex) {
		ReferenceCountUtil.release(context);
		return new RefusedException("a handshake with ourselves failed (%s, %s): %s".formatted(protocol, provider, ex),
				"Check that protocols and ciphers suit the key, and that netty-tcnative fits Netty (import netty-bom).",
				ex);
	}

}
