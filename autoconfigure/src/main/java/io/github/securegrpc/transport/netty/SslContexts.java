package io.github.securegrpc.transport.netty;

import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsProvider;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.transport.ChannelTransport;
import io.github.securegrpc.transport.ProviderChoice;
import io.github.securegrpc.transport.ServerTransport;
import io.github.securegrpc.transport.TlsOptions;
import io.github.securegrpc.validation.AnchorSet;

/**
 * Builds Netty's contexts for servers and channels.
 */
final class SslContexts {

	private SslContexts() {
	}

	static ContextBuilder server(ServerTransport.Tls tls) {
		ContextBuilder builder = (material) -> {
			Identity identity = identity(material);
			SslProvider provider = provider(tls.options(), identity);
			SslContextBuilder netty = SslContextBuilder.forServer(IdentityKeys.of(identity, provider))
				.clientAuth(ClientAuth.valueOf(tls.clientAuth().name()));
			X509ExtendedTrustManager judge = null;
			if (material.trustAnchors() != null) {
				judge = judge(tls.material(), tls.options(), material);
				netty.trustManager(telling(judge, provider));
			}
			return new TlsContext(build(netty, tls.options(), provider, "server"), judge);
		};
		return builder.tried((context, material) -> SelfTest.server(context, identity(material), tls.options()));
	}

	static ContextBuilder client(ChannelTransport.Tls tls) {
		ContextBuilder builder = (material) -> {
			Identity identity = material.identity();
			SslProvider provider = provider(tls.options(), identity);
			X509ExtendedTrustManager judge = judge(tls.material(), tls.options(), material);
			SslContextBuilder netty = SslContextBuilder.forClient().trustManager(telling(judge, provider));
			if (identity != null) {
				netty.keyManager(IdentityKeys.of(identity, provider));
			}
			return new TlsContext(build(netty, tls.options(), provider, tls.material().name()), judge);
		};
		return builder.tried((context, material) -> SelfTest.client(context, material.identity(), tls.options()));
	}

	private static Identity identity(TlsMaterial material) {
		if (material.identity() == null) {
			throw new RefusedException("the server has no certificate (expected: secure-grpc.server.cert and key)",
					"Set secure-grpc.server.cert and secure-grpc.server.key.");
		}
		return material.identity();
	}

	static SslProvider provider(TlsOptions options, @Nullable Identity identity) {
		TlsProvider choice = ProviderChoice.choose(options, identity, OpenSsl.unavailabilityCause());
		return (choice == TlsProvider.OPENSSL) ? SslProvider.OPENSSL : SslProvider.JDK;
	}

	private static X509ExtendedTrustManager judge(RotatingMaterial rotating, TlsOptions options, TlsMaterial material) {
		return options.trustRules().trustManager(AnchorSet.of(material, rotating.origin().ca()), JudgementTime::mark);
	}

	private static X509ExtendedTrustManager telling(X509ExtendedTrustManager judge, SslProvider provider) {
		return (provider == SslProvider.OPENSSL) ? new OpenSslTrustManager(judge) : judge;
	}

	private static SslContext build(SslContextBuilder builder, TlsOptions options, SslProvider provider, String side) {
		try {
			GrpcSslContexts.configure(builder, provider).protocols(options.protocols());
			if (!options.ciphers().isEmpty()) {
				builder.ciphers(options.ciphers());
			}
			return builder.build();
		}
		catch (SSLException | IllegalArgumentException ex) {
			throw new RefusedException(
					"the TLS of the %s cannot be set up: %s (protocols %s, ciphers %s)".formatted(side, ex.getMessage(),
							options.protocols(), options.ciphers()),
					"Check secure-grpc.server.protocols, ciphers and secure-grpc.provider.", ex);
		}
	}

}
