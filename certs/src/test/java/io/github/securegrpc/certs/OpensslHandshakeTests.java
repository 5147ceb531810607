package io.github.securegrpc.certs;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that openssl speaks mutual TLS with what is issued, and refuses what it should.
 */
class OpensslHandshakeTests {

	private static final String[] CLIENT = { "-cert", "client.crt", "-key", "client.key" };

	private final Openssl openssl;

	private final Depot depot;

	private final MutableClock clock = new MutableClock();

	OpensslHandshakeTests(@TempDir Path directory) {
		this.openssl = Openssl.in(directory);
		this.depot = Depot.certstrap(directory);
	}

	@ParameterizedTest
	@EnumSource(names = { "EC_P256", "RSA_2048", "ED25519" })
	void pairIsAcceptedForMutualTls(KeyAlgorithm algorithm) throws Exception {
		issue(algorithm);
		try (OpensslServer server = serve()) {
			for (String protocol : new String[] { "-tls1_2", "-tls1_3" }) {
				assertThat(connect(server, "localhost", with(CLIENT, protocol))).contains("Verify return code: 0 (ok)",
						"HTTP/1.0 200 ok");
			}
		}
	}

	@Test
	void revokedServerIsRefused() throws Exception {
		CertificateAuthority authority = issue(KeyAlgorithm.EC_P256);
		authority.crl();
		String[] checked = with(CLIENT, "-CRL", "CA.crl", "-crl_check");
		try (OpensslServer server = serve()) {
			assertThat(connect(server, "localhost", checked)).contains("HTTP/1.0 200 ok");
			authority.revoke(this.depot, "server", RevocationReason.KEY_COMPROMISE);
			assertThat(connect(server, "localhost", checked)).contains("certificate revoked")
				.doesNotContain("HTTP/1.0 200 ok");
		}
	}

	@Test
	void revokedClientIsRefused() throws Exception {
		CertificateAuthority authority = issue(KeyAlgorithm.EC_P256);
		authority.revoke(this.depot, "client", RevocationReason.KEY_COMPROMISE);
		try (OpensslServer server = serve("-CRL", "CA.crl", "-crl_check")) {
			assertThat(connect(server, "localhost", CLIENT)).contains("alert certificate revoked")
				.doesNotContain("HTTP/1.0 200 ok");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "example.com", "127.0.0.2" })
	void misnamedServerIsRefused(String name) throws Exception {
		issue(KeyAlgorithm.EC_P256);
		try (OpensslServer server = serve()) {
			assertThat(connect(server, name, CLIENT)).contains("mismatch").doesNotContain("HTTP/1.0 200 ok");
		}
	}

	@Test
	void expiredClientIsRefused() throws Exception {
		this.clock.advance(Duration.ofDays(-100));
		CertificateAuthority authority = issue(KeyAlgorithm.EC_P256);
		this.clock.advance(Duration.ofDays(100));
		authority.renew(this.depot, "server", null);
		try (OpensslServer server = serve()) {
			assertThat(connect(server, "localhost", CLIENT)).contains("alert certificate expired")
				.doesNotContain("HTTP/1.0 200 ok");
		}
	}

	@Test
	void clientOfAnotherAuthorityIsRefused(@TempDir Path elsewhere) throws Exception {
		issue(KeyAlgorithm.EC_P256);
		Depot other = Depot.certstrap(elsewhere);
		CertificateAuthority.create(other, AuthorityRequest.named("CA"), Clock.systemUTC())
			.issueTo(other, LeafRequest.client("client", SubjectAlternativeName.dns("client")));
		try (OpensslServer server = serve()) {
			assertThat(connect(server, "localhost", "-cert", other.certificate("client").toString(), "-key",
					other.key("client").toString()))
				.contains("alert")
				.doesNotContain("HTTP/1.0 200 ok");
			assertThat(connect(server, "localhost")).contains("alert").doesNotContain("HTTP/1.0 200 ok");
		}
	}

	private CertificateAuthority issue(KeyAlgorithm algorithm) {
		CertificateAuthority authority = CertificateAuthority.create(this.depot,
				AuthorityRequest.named("CA").withKeyAlgorithm(algorithm).withValidity(Duration.ofDays(3650)),
				this.clock);
		authority.issueTo(this.depot,
				LeafRequest
					.server("server", SubjectAlternativeName.dns("localhost"), SubjectAlternativeName.ip("127.0.0.1"))
					.withKeyAlgorithm(algorithm));
		authority.issueTo(this.depot,
				LeafRequest.client("client", SubjectAlternativeName.dns("client")).withKeyAlgorithm(algorithm));
		return authority;
	}

	private OpensslServer serve(String... options) throws Exception {
		String[] mutual = { "-www", "-cert", "server.crt", "-key", "server.key", "-CAfile", "CA.crt", "-Verify", "1",
				"-verify_return_error" };
		return OpensslServer.start(this.depot.directory(), with(mutual, options));
	}

	private String connect(OpensslServer server, String name, String... options) throws Exception {
		boolean address = Character.isDigit(name.charAt(0));
		String[] client = { "s_client", "-connect", server.address(), "-CAfile", "CA.crt", "-verify_return_error",
				address ? "-verify_ip" : "-verify_hostname", name, "-ign_eof" };
		return this.openssl.ask("GET / HTTP/1.0\r\n\r\n", with(client, options));
	}

	private static String[] with(String[] first, String... more) {
		return Stream.of(first, more).flatMap(Arrays::stream).toArray(String[]::new);
	}

}
