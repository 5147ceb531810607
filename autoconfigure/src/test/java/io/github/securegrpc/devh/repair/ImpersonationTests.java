package io.github.securegrpc.devh.repair;

import java.util.stream.Stream;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import net.devh.boot.grpc.server.security.authentication.GrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.SSLContextGrpcAuthenticationReader;
import net.devh.boot.grpc.server.security.authentication.X509CertificateAuthenticationProvider;
import net.devh.boot.grpc.server.security.interceptors.DefaultAuthenticatingServerInterceptor;
import net.devh.boot.grpc.server.security.interceptors.ExceptionTranslatingServerInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client with a valid certificate sends an administrator's public certificate after its
 * own. Real handshakes, and all of net.devh's and Spring Security's chain behind them.
 */
@ParameterizedClass
@MethodSource("modes")
class ImpersonationTests {

	private final MutualTls tls;

	ImpersonationTests(SslProvider provider, String protocol) throws Exception {
		this.tls = MutualTls.of(provider, protocol);
	}

	static Stream<Arguments> modes() {
		return Stream.of(Arguments.of(SslProvider.JDK, "TLSv1.3"), Arguments.of(SslProvider.JDK, "TLSv1.2"),
				Arguments.of(SslProvider.OPENSSL, "TLSv1.3"), Arguments.of(SslProvider.OPENSSL, "TLSv1.2"));
	}

	@Test
	void appendedCertificateDoesNotMakeAnAdministrator() throws Exception {
		assertThat(askAsImpersonator(new LeafAuthenticationReader())).isEqualTo("user [ROLE_USER]");
	}

	@Test
	void appendedCertificateMakesAnAdministratorWithTheReaderOfNetDevh() throws Exception {
		assertThat(askAsImpersonator(new SSLContextGrpcAuthenticationReader())).startsWith("admin [")
			.contains("ROLE_ADMIN");
	}

	@Test
	void administratorIsTheAdministrator() throws Exception {
		Server server = serve(new LeafAuthenticationReader());
		MutualTls.Pki pki = this.tls.pki();
		assertThat(ask(server, this.tls.connect(server, pki.admin().getKeyPair().getPrivate(),
				pki.admin().getCertificate(), pki.ca().getCertificate())))
			.startsWith("admin [");
	}

	@Test
	void clientWithoutCertificateIsNobody() throws Exception {
		Server server = serve(new LeafAuthenticationReader());
		assertThat(ask(server, this.tls.connect(server, SslContextBuilder.forClient()))).isEqualTo("nobody");
	}

	private String askAsImpersonator(GrpcAuthenticationReader reader) throws Exception {
		Server server = serve(reader);
		MutualTls.Pki pki = this.tls.pki();
		return ask(server, this.tls.connect(server, pki.user().getKeyPair().getPrivate(), pki.user().getCertificate(),
				pki.admin().getCertificate()));
	}

	private Server serve(GrpcAuthenticationReader reader) throws Exception {
		InMemoryUserDetailsManager users = new InMemoryUserDetailsManager(
				User.withUsername("user").password("").roles("USER").build(),
				User.withUsername("admin").password("").roles("ADMIN").build());
		ProviderManager authentication = new ProviderManager(new X509CertificateAuthenticationProvider(users));
		return this.tls
			.serve(ServerInterceptors.interceptForward(WhoAmI.service(), new ExceptionTranslatingServerInterceptor(),
					new DefaultAuthenticatingServerInterceptor(authentication, reader)));
	}

	private static String ask(Server server, ManagedChannel channel) {
		try {
			return WhoAmI.ask(channel);
		}
		finally {
			channel.shutdownNow();
			server.shutdownNow();
		}
	}

}
