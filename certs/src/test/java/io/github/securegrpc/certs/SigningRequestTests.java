package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.key.Pem;
import io.github.securegrpc.certs.key.PemFile;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the requests that lie in a depot: ours in the eyes of openssl, and openssl's
 * in ours.
 */
class SigningRequestTests {

	private static final LeafRequest LEAF = LeafRequest.peer("My Node", SubjectAlternativeName.dns("node.example.com"),
			SubjectAlternativeName.ip("10.0.0.1"), SubjectAlternativeName.ip("::1"),
			SubjectAlternativeName.uri("spiffe://test/node"), SubjectAlternativeName.email("ops@example.com"));

	private static final String NAMES = "subjectAltName=DNS:node.example.com,IP:10.0.0.1,IP:::1,"
			+ "URI:spiffe://test/node,email:ops@example.com";

	private final Path directory;

	private final Depot depot;

	private final CertificateAuthority authority;

	SigningRequestTests(@TempDir Path directory) {
		this.directory = directory;
		this.depot = Depot.certstrap(directory);
		this.authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), new MutableClock());
	}

	@ParameterizedTest
	@EnumSource(names = { "EC_P256", "RSA_2048", "ED25519" })
	void opensslVerifiesTheRequestOfAnIssuedLeaf(KeyAlgorithm algorithm) throws Exception {
		this.authority.issueTo(this.depot, LEAF.withKeyAlgorithm(algorithm));
		Openssl openssl = Openssl.in(this.directory);
		assertThat(openssl.run("req", "-in", "My_Node.csr", "-verify", "-noout", "-text")).contains("verify OK",
				"Subject: CN = My Node", "X509v3 Subject Alternative Name",
				"DNS:node.example.com, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1, URI:spiffe://test/node, "
						+ "email:ops@example.com");
		assertThat(openssl.run("req", "-in", "My_Node.csr", "-noout", "-pubkey"))
			.isEqualTo(openssl.run("pkey", "-in", "My_Node.key", "-pubout"));
		assertThat(this.directory.resolve("My_Node.csr")).content().startsWith("-----BEGIN CERTIFICATE REQUEST-----");
	}

	@Test
	void anotherToolCanSignTheRequestOfAnIssuedLeaf() throws Exception {
		this.authority.issueTo(this.depot, LEAF);
		Openssl openssl = Openssl.in(this.directory);
		openssl.run("x509", "-req", "-in", "My_Node.csr", "-CA", "CA.crt", "-CAkey", "CA.key", "-copy_extensions",
				"copy", "-out", "signed.crt");
		assertThat(openssl.run("verify", "-CAfile", "CA.crt", "-verify_hostname", "node.example.com", "signed.crt"))
			.contains("signed.crt: OK");
	}

	@Test
	void requestIsForEverybodyToRead() throws IOException {
		this.authority.issueTo(this.depot, LEAF);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.depot.request("My Node"))))
			.isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.depot.certificate("My Node"))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "rsa:2048", "ec -pkeyopt ec_paramgen_curve:P-384", "ec -pkeyopt ec_paramgen_curve:P-256",
			"ed25519" })
	void requestOfOpensslIsSignedForItsKeyAndNames(String algorithm) throws Exception {
		request(algorithm + " -nodes -addext " + NAMES);
		SigningRequest pending = this.depot.pending("My Node").orElseThrow();
		assertThat(pending.sans()).isEqualTo(LEAF.sans());
		X509Certificate leaf = this.authority.sign(this.depot, pending, LEAF);
		assertThat(this.depot.read("My Node").leaf()).isEqualTo(leaf);
		assertThat(this.depot.pending("My Node")).as("done").isEmpty();
		assertThat(Openssl.in(this.directory).run("verify", "-x509_strict", "-CAfile", "CA.crt", "My_Node.crt"))
			.contains("My_Node.crt: OK");
	}

	@Test
	void requestWithoutItsKeyIsSigned() throws Exception {
		request("rsa:2048 -nodes");
		Files.delete(this.depot.key("My Node"));
		SigningRequest pending = this.depot.pending("My Node").orElseThrow();
		assertThat(pending.sans()).isEmpty();
		assertThat(this.authority.sign(this.depot, pending, LEAF).getPublicKey()).isEqualTo(pending.publicKey());
		assertThat(this.depot.key("My Node")).doesNotExist();
	}

	@Test
	void requestUnderAnotherNameIsNotSigned() throws Exception {
		request("rsa:2048 -nodes");
		SigningRequest pending = this.depot.pending("My Node").orElseThrow();
		LeafRequest other = LeafRequest.client("other", SubjectAlternativeName.dns("other"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.authority.sign(this.depot, pending, other));
		assertThat(this.depot.certificate("other")).doesNotExist();
	}

	@Test
	void requestWhoseSignatureDoesNotVerifyIsRefused() throws Exception {
		request("rsa:2048 -nodes -addext " + NAMES);
		byte[] request = PemFile.request(this.depot.request("My Node")).getEncoded();
		String names = new String(request, StandardCharsets.ISO_8859_1);
		request[names.indexOf("node.example.com")] = 'X';
		Files.write(this.depot.request("My Node"), Pem.encode(new PemObject("CERTIFICATE REQUEST", request)));
		refused("My_Node.csr: a request whose signature is not of its own key (expected: a PKCS#10 request, signed");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 20, 60, 200, 600 })
	void truncatedRequestIsRefused(int length) throws Exception {
		request("rsa:2048 -nodes -addext " + NAMES);
		String request = Files.readString(this.depot.request("My Node"));
		Files.writeString(this.depot.request("My Node"), request.substring(0, length));
		refused("My_Node.csr: ");
	}

	@Test
	void whatIsNoRequestIsRefused() throws Exception {
		for (Path other : List.of(this.depot.certificate("CA"), this.depot.key("CA"))) {
			Files.write(this.depot.request("My Node"), Files.readAllBytes(other));
			refused("My_Node.csr: no request for a certificate (expected: a PEM PKCS#10 request)");
		}
		Files.writeString(this.depot.request("My Node"), """
				-----BEGIN CERTIFICATE REQUEST-----
				%s
				-----END CERTIFICATE REQUEST-----
				""".formatted(Base64.getEncoder().encodeToString(new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 })));
		refused("My_Node.csr: PEM that does not decode");
	}

	@Test
	void requestForAnotherKeyThanTheOneBesideItIsRefused() throws Exception {
		request("rsa:2048 -nodes");
		Openssl.in(this.directory).run("genrsa", "-out", "My_Node.key", "2048");
		refused("My_Node.csr: a request for another key than My_Node.key (expected: for that one)");
	}

	@Test
	void requestForAWeakKeyIsRefused() throws Exception {
		request("rsa:1024 -nodes");
		SigningRequest pending = this.depot.pending("My Node").orElseThrow();
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.authority.sign(this.depot, pending, LEAF))
			.withMessageContaining("My_Node.csr: a request for an RSA key of 1024 bits (expected: RSA of 2048 bits");
		assertThat(this.depot.certificate("My Node")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "otherName:1.2.3.4;UTF8:x", "DNS:a..b", "URI:relative", "RID:1.2.3.4" })
	void nameThatIsNotIssuedHereIsNotDroppedInSilence(String name) throws Exception {
		request("rsa:2048 -nodes -addext subjectAltName=DNS:fine," + name);
		SigningRequest pending = this.depot.pending("My Node").orElseThrow();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(pending::sans)
			.withMessageContaining("My_Node.csr: asks for the name ")
			.withMessageContaining("(expected: ");
	}

	@Test
	void interruptedIssueGoesOnWithItsKeyAndRequest() throws Exception {
		Identity first = this.authority.issueTo(this.depot, LEAF);
		String request = Files.readString(this.depot.request("My Node"));
		Files.delete(this.depot.certificate("My Node"));
		Identity second = this.authority.issueTo(this.depot, LEAF);
		assertThat(second.leaf().getPublicKey()).isEqualTo(first.leaf().getPublicKey());
		assertThat(this.depot.request("My Node")).hasContent(request);
		Files.delete(this.depot.certificate("My Node"));
		Files.delete(this.depot.request("My Node"));
		this.authority.issueTo(this.depot, LEAF);
		assertThat(SigningRequest.read(this.depot.request("My Node")).publicKey())
			.isEqualTo(first.leaf().getPublicKey());
	}

	@Test
	void keyThatIsElsewhereIsNotReplacedByANewOne() throws Exception {
		this.authority.issueTo(this.depot, LEAF);
		Files.delete(this.depot.certificate("My Node"));
		Files.delete(this.depot.key("My Node"));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.authority.issueTo(this.depot, LEAF))
			.withMessageContaining("My_Node.csr: exists, and My_Node.key does not (expected: both, or neither)");
		assertThat(this.depot.key("My Node")).doesNotExist();
	}

	private void request(String options) throws Exception {
		Openssl.in(this.directory)
			.run(("req -new -subj /CN=foreign -keyout My_Node.key -out My_Node.csr -newkey " + options).split(" "));
		assertThat(this.depot.request("My Node")).exists();
	}

	private void refused(String message) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.depot.pending("My Node"))
			.withMessageContaining(message)
			.withNoCause();
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.authority.issueTo(this.depot, LEAF))
			.withMessageContaining(message);
		assertThat(this.depot.certificate("My Node")).doesNotExist();
	}

}
