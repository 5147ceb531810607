package io.github.securegrpc.devh.repair;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLException;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * One CA, the leaves it issued, and sockets that speak mutual TLS with them: by one
 * provider and one version of TLS.
 */
record MutualTls(SslProvider provider, String protocol, Pki pki) {

	static MutualTls of(SslProvider provider, String protocol) throws Exception {
		return new MutualTls(provider, protocol, Pki.issue());
	}

	Server serve(ServerServiceDefinition service) throws IOException {
		X509Bundle leaf = this.pki.server();
		SslContext context = context(
				SslContextBuilder.forServer(leaf.getKeyPair().getPrivate(), leaf.getCertificatePath())
					.trustManager(this.pki.ca().getCertificate())
					.clientAuth(ClientAuth.OPTIONAL));
		return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.sslContext(context)
			.addService(service)
			.build()
			.start();
	}

	ManagedChannel connect(Server server, PrivateKey key, X509Certificate... chain) throws SSLException {
		return connect(server, SslContextBuilder.forClient().keyManager(new PresentingKeyManager(key, chain)));
	}

	ManagedChannel connect(Server server, SslContextBuilder client) throws SSLException {
		return NettyChannelBuilder.forAddress("localhost", server.getPort())
			.sslContext(context(client.trustManager(this.pki.ca().getCertificate())))
			.build();
	}

	private SslContext context(SslContextBuilder builder) throws SSLException {
		return GrpcSslContexts.configure(builder, this.provider).protocols(this.protocol).build();
	}

	/**
	 * A CA and three leaves.
	 */
	record Pki(X509Bundle ca, X509Bundle server, X509Bundle user, X509Bundle admin) {

		static Pki issue() throws Exception {
			X509Bundle ca = new CertificateBuilder().subject("CN=ca")
				.ecp256()
				.setIsCertificateAuthority(true)
				.buildSelfSigned();
			return new Pki(ca, leaf("localhost").addSanDnsName("localhost").buildIssuedBy(ca),
					leaf("user").buildIssuedBy(ca), leaf("admin").buildIssuedBy(ca));
		}

		private static CertificateBuilder leaf(String name) {
			return new CertificateBuilder().subject("CN=" + name).ecp256();
		}

	}

}
