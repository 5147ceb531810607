package io.github.securegrpc.transport.netty;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

import io.grpc.netty.GrpcSslContexts;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslContext;
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
		SslContext client = peerClient(identity, options, provider, false);
		try {
			for (String protocol : options.protocols()) {
				SSLEngine serverEngine = context.newEngine(ByteBufAllocator.DEFAULT);
				serverEngine.setNeedClientAuth(false);
				serverEngine.setWantClientAuth(false);
				run(context, client.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0), serverEngine, protocol);
			}
		}
		finally {
			ReferenceCountUtil.release(client);
		}
	}

	/*
	 * A channel's own context accepts only real servers, so it gets no further than its
	 * first flight here; its identity is tried by a context of its own.
	 */
	static void client(SslContext context, @Nullable Identity identity, TlsOptions options, SslProvider provider) {
		SSLEngine engine = context.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0);
		try {
			engine.beginHandshake();
		}
		catch (SSLException | LinkageError ex) {
			throw refused(context, "client", ex);
		}
		finally {
			ReferenceCountUtil.release(engine);
		}
		if (identity == null) {
			return;
		}
		SslContext client = peerClient(identity, options, provider, true);
		SslContext server = peerServer(identity, options, provider);
		try {
			for (String protocol : options.protocols()) {
				run(context, client.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0),
						server.newEngine(ByteBufAllocator.DEFAULT), protocol);
			}
		}
		finally {
			ReferenceCountUtil.release(client);
			ReferenceCountUtil.release(server);
		}
	}

	private static void run(SslContext tested, SSLEngine client, SSLEngine server, String protocol) {
		try {
			client.setEnabledProtocols(new String[] { protocol });
			HandshakeProbe.run(client, server);
		}
		catch (SSLException | LinkageError ex) {
			throw refused(tested, protocol, ex);
		}
		finally {
			ReferenceCountUtil.release(client);
			ReferenceCountUtil.release(server);
		}
	}

	private static SslContext peerClient(Identity identity, TlsOptions options, SslProvider provider, boolean present) {
		SslContextBuilder builder = SslContextBuilder.forClient()
			.trustManager(new LeafOnlyTrustManager(identity.leaf()))
			.endpointIdentificationAlgorithm("");
		if (present) {
			builder.keyManager(IdentityKeys.of(identity, provider));
		}
		return build(builder, options, provider);
	}

	private static SslContext peerServer(Identity identity, TlsOptions options, SslProvider provider) {
		return build(SslContextBuilder.forServer(IdentityKeys.of(identity, provider))
			.trustManager(new LeafOnlyTrustManager(identity.leaf()))
			.clientAuth(ClientAuth.REQUIRE), options, provider);
	}

	private static SslContext build(SslContextBuilder builder, TlsOptions options, SslProvider provider) {
		try {
			return GrpcSslContexts.configure(builder, provider).protocols(options.protocols()).build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("a context with nothing but defaults", ex);
		}
	}

	private static RefusedException refused(SslContext context, String tried, Throwable ex) {
		ReferenceCountUtil.release(context);
		return new RefusedException(
				"a handshake with ourselves failed (%s, %s): %s".formatted(tried,
						(context instanceof OpenSslContext) ? "openssl" : "jdk", ex),
				"Check that protocols and ciphers suit the key, and that netty-tcnative fits Netty (import netty-bom).",
				ex);
	}

}
