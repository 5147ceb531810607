package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that openssl reads our files as we mean them, and that we read its files.
 */
class OpensslTests {

	private static final LeafRequest LEAF = LeafRequest.server("server", SubjectAlternativeName.dns("localhost"),
			SubjectAlternativeName.ip("127.0.0.1"), SubjectAlternativeName.ip("::1"),
			SubjectAlternativeName.uri("spiffe://test/server"), SubjectAlternativeName.email("ops@example.com"));

	private final Path directory;

	private final MutableClock clock = new MutableClock();

	OpensslTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@ParameterizedTest
	@EnumSource(names = { "EC_P256", "RSA_2048", "ED25519" })
	void opensslVerifiesLeafAndKey(KeyAlgorithm algorithm) throws Exception {
		Depot depot = Depot.certstrap(this.directory);
		CertificateAuthority authority = CertificateAuthority.create(depot,
				AuthorityRequest.named("CA").withKeyAlgorithm(algorithm), this.clock);
		authority.issueTo(depot, LEAF.withKeyAlgorithm(algorithm));
		assertThat(openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "CA.crt", "server.crt"))
			.contains("server.crt: OK");
		assertThat(openssl("verify", "-verify_ip", "::1", "-CAfile", "CA.crt", "server.crt"))
			.contains("server.crt: OK");
		assertThat(openssl("verify", "-purpose", "sslclient", "-CAfile", "CA.crt", "server.crt"))
			.containsIgnoringCase("purpose");
		assertThat(openssl("pkey", "-in", "server.key", "-pubout"))
			.isEqualTo(openssl("x509", "-in", "server.crt", "-noout", "-pubkey"));
	}

	@Test
	void opensslPrintsTheExtensionsWeMean() throws Exception {
		Depot depot = Depot.certstrap(this.directory);
		CertificateAuthority authority = CertificateAuthority.create(depot, AuthorityRequest.named("CA"), this.clock);
		authority.issueTo(depot, LEAF);
		assertThat(openssl("x509", "-in", "CA.crt", "-noout", "-text").replaceAll("\\s+", " ")).contains(
				"Version: 3 (0x2)", "X509v3 Basic Constraints: critical CA:TRUE, pathlen:0",
				"X509v3 Key Usage: critical Certificate Sign, CRL Sign", "X509v3 Subject Key Identifier",
				"X509v3 Authority Key Identifier");
		assertThat(openssl("x509", "-in", "server.crt", "-noout", "-text").replaceAll("\\s+", " ")).contains(
				"Version: 3 (0x2)", "Issuer: CN = CA", "Subject: CN = server",
				"X509v3 Basic Constraints: critical CA:FALSE", "X509v3 Key Usage: critical Digital Signature",
				"X509v3 Extended Key Usage: TLS Web Server Authentication",
				"DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, URI:spiffe://test/server, "
						+ "email:ops@example.com");
	}

	@ParameterizedTest
	@ValueSource(strings = { "genrsa -traditional -out CA.key 2048", "genrsa -out CA.key 2048",
			"ecparam -name prime256v1 -genkey -out CA.key", "genpkey -algorithm ed25519 -out CA.key" })
	void authorityMadeByOpensslIssuesLeaves(String command) throws Exception {
		openssl(command.split(" "));
		openssl("req", "-x509", "-new", "-key", "CA.key", "-subj", "/O=Other tool/CN=CA", "-days", "30", "-out",
				"CA.crt");
		Depot depot = Depot.certstrap(this.directory);
		CertificateAuthority authority = CertificateAuthority.open(depot, "CA", Clock.systemUTC());
		Identity server = authority.issueTo(depot, LEAF.withValidity(Duration.ofHours(1)));
		Identity client = authority.issue(LeafRequest.client("client", SubjectAlternativeName.dns("client")));
		assertThat(openssl("verify", "-CAfile", "CA.crt", "server.crt")).contains("server.crt: OK");
		assertThat(new TlsHandshake(authority.certificate(), server, client).run()).isEqualTo(client.leaf());
	}

	// the JVM takes up to a minute for such a key
	@ParameterizedTest
	@CsvSource({ "RSA_3072, 3072", "RSA_4096, 4096" })
	void leafIsIssuedForALargeRsaKeyThatIsThere(KeyAlgorithm algorithm, String bits) throws Exception {
		openssl("genrsa", "-out", "server.key", bits);
		Depot depot = Depot.certstrap(this.directory);
		CertificateAuthority authority = CertificateAuthority.create(depot, AuthorityRequest.named("CA"), this.clock);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> authority.issueTo(depot, LEAF.withKeyAlgorithm(KeyAlgorithm.RSA_2048)));
		Identity server = authority.issueTo(depot, LEAF.withKeyAlgorithm(algorithm));
		assertThat(openssl("x509", "-in", "server.crt", "-noout", "-text")).contains("Public-Key: (" + bits + " bit)",
				"Digital Signature, Key Encipherment");
		Identity client = authority.issue(LeafRequest.client("client", SubjectAlternativeName.dns("client")));
		assertThat(new TlsHandshake(authority.certificate(), server, client).run()).isEqualTo(client.leaf());
	}

	@Test
	void encryptedKeyIsRefusedWithTheCommandThatConvertsIt() throws Exception {
		openssl("genpkey", "-algorithm", "ed25519", "-aes256", "-pass", "pass:secret", "-out", "CA.key");
		openssl("req", "-x509", "-new", "-key", "CA.key", "-passin", "pass:secret", "-subj", "/CN=CA", "-out",
				"CA.crt");
		Depot depot = Depot.certstrap(this.directory);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> CertificateAuthority.open(depot, "CA", this.clock))
			.withMessageContaining("CA.key: an encrypted private key (expected: ")
			.satisfies((ex) -> assertThat(ex.action()).contains("openssl pkcs8 -topk8 -nocrypt -in"));
	}

	private String openssl(String... arguments) throws IOException, InterruptedException {
		return Openssl.in(this.directory).run(arguments);
	}

}
