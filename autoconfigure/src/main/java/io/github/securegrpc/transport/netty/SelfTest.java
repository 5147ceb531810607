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
	static void server(SslContext context, Identity identity, TlsOptions options) {
		SslProvider provider = provider(context);
		try (Owned<SslContext> client = new Owned<>(peerClient(identity, options, provider, false))) {
			for (String protocol : options.protocols()) {
				try (Owned<SSLEngine> server = new Owned<>(context.newEngine(ByteBufAllocator.DEFAULT))) {
					server.get().setNeedClientAuth(false);
					server.get().setWantClientAuth(false);
					run(context, client.get(), server.get(), protocol);
				}
			}
		}
	}

	/*
	 * A channel's own context accepts only real servers, so it gets no further than its
	 * first flight here; its identity is tried by a context of its own.
	 */
	static void client(SslContext context, @Nullable Identity identity, TlsOptions options) {
		try (Owned<SSLEngine> engine = new Owned<>(context.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0))) {
			engine.get().beginHandshake();
		}
		catch (SSLException | LinkageError ex) {
			throw refused(context, "client", ex);
		}
		if (identity == null) {
			return;
		}
		SslProvider provider = provider(context);
		try (Owned<SslContext> client = new Owned<>(peerClient(identity, options, provider, true));
				Owned<SslContext> peer = new Owned<>(peerServer(identity, options, provider))) {
			for (String protocol : options.protocols()) {
				try (Owned<SSLEngine> server = new Owned<>(peer.get().newEngine(ByteBufAllocator.DEFAULT))) {
					run(context, client.get(), server.get(), protocol);
				}
			}
		}
	}

	private static void run(SslContext tested, SslContext client, SSLEngine server, String protocol) {
		try (Owned<SSLEngine> engine = new Owned<>(client.newEngine(ByteBufAllocator.DEFAULT, "localhost", 0))) {
			engine.get().setEnabledProtocols(new String[] { protocol });
			HandshakeProbe.run(engine.get(), server);
		}
		catch (SSLException | LinkageError ex) {
			throw refused(tested, protocol, ex);
		}
	}

	private static SslProvider provider(SslContext context) {
		return (context instanceof OpenSslContext) ? SslProvider.OPENSSL : SslProvider.JDK;
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
		return new RefusedException(
				"a handshake with ourselves failed (%s, %s): %s".formatted(tried,
						(context instanceof OpenSslContext) ? "openssl" : "jdk", ex),
				"Check that protocols and ciphers suit the key, and that netty-tcnative fits Netty (import netty-bom).",
				ex);
	}

}
