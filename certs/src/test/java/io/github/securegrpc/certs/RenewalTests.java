package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for renewing: the same leaf with a later end, and the same key.
 */
class RenewalTests {

	private static final LeafRequest LEAF = LeafRequest.peer("node", SubjectAlternativeName.dns("node.example.com"),
			SubjectAlternativeName.ip("10.0.0.1"), SubjectAlternativeName.uri("spiffe://test/node"));

	private final MutableClock clock = new MutableClock();

	private final Depot depot;

	private final CertificateAuthority authority;

	RenewalTests(@TempDir Path directory) {
		this.depot = Depot.certstrap(directory);
		this.authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), this.clock);
	}

	@Test
	void renewedLeafSaysTheSameForLonger() throws Exception {
		Identity old = this.authority.issueTo(this.depot, LEAF.withKeyAlgorithm(KeyAlgorithm.RSA_2048));
		String key = Files.readString(this.depot.key("node"));
		this.clock.advance(Duration.ofDays(60));
		X509Certificate renewed = this.authority.renew(this.depot, "node", null);
		assertThat(SubjectAlternativeName.of(renewed)).isEqualTo(SubjectAlternativeName.of(old.leaf()));
		assertThat(renewed.getExtendedKeyUsage()).isEqualTo(old.leaf().getExtendedKeyUsage());
		assertThat(renewed.getKeyUsage()).isEqualTo(old.leaf().getKeyUsage());
		assertThat(renewed.getCriticalExtensionOIDs()).isEqualTo(old.leaf().getCriticalExtensionOIDs());
		assertThat(renewed.getSubjectX500Principal()).isEqualTo(old.leaf().getSubjectX500Principal());
		assertThat(renewed.getSerialNumber()).isNotEqualTo(old.leaf().getSerialNumber());
		assertThat(renewed.getNotAfter().toInstant()).isEqualTo(this.clock.instant().plus(Duration.ofDays(90)));
		assertThat(this.depot.key("node")).hasContent(key);
		assertThat(this.depot.read("node").leaf()).isEqualTo(renewed);
	}

	@Test
	void validityIsThatOfTheOldLeafHoweverOften() {
		this.authority.issueTo(this.depot, LEAF.withValidity(Duration.ofMinutes(10)));
		for (int i = 0; i < 5; i++) {
			this.clock.advance(Duration.ofMinutes(5));
			X509Certificate renewed = this.authority.renew(this.depot, "node", null);
			assertThat(Duration.between(this.clock.instant(), renewed.getNotAfter().toInstant()))
				.isBetween(Duration.ofMinutes(10).minusSeconds(5), Duration.ofMinutes(10));
		}
		X509Certificate longer = this.authority.renew(this.depot, "node", Duration.ofDays(7));
		assertThat(longer.getNotAfter().toInstant()).isEqualTo(this.clock.instant().plus(Duration.ofDays(7)));
	}

	@Test
	void keyIsNotNeeded() throws IOException {
		this.authority.issueTo(this.depot, LEAF);
		Files.delete(this.depot.key("node"));
		assertThat(this.authority.renew(this.depot, "node", null)).isNotNull();
		assertThat(this.depot.key("node")).doesNotExist();
	}

	@Test
	void expiredLeafIsRenewed() {
		this.authority.issueTo(this.depot, LEAF);
		this.clock.advance(Duration.ofDays(100));
		assertThat(this.authority.renew(this.depot, "node", null).getNotAfter().toInstant())
			.isAfter(this.clock.instant());
	}

	@Test
	void revokedLeafIsNotRenewed() throws IOException {
		this.authority.issueTo(this.depot, LEAF);
		this.authority.revoke(this.depot, "node", RevocationReason.KEY_COMPROMISE);
		String leaf = Files.readString(this.depot.certificate("node"));
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.authority.renew(this.depot, "node", null))
			.withMessageContaining("node.crt: revoked (expected: ");
		assertThat(this.depot.certificate("node")).hasContent(leaf);
	}

	@Test
	void leafOfAnotherAuthorityIsNotRenewed(@TempDir Path directory) {
		CertificateAuthority.create(Depot.certstrap(directory), AuthorityRequest.named("CA"), this.clock)
			.issueTo(this.depot, LEAF);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.authority.renew(this.depot, "node", null))
			.withMessageContaining("not by this authority");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.authority.renew(this.depot, "CA", null))
			.withMessageContaining("(expected: a leaf)");
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.authority.renew(this.depot, "nobody", null))
			.withMessageContaining("nobody.crt: missing");
	}

	@Test
	void leafWithoutNamesIsNotRenewed() throws Exception {
		Openssl openssl = Openssl.in(this.depot.directory());
		openssl.run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "node.key", "-subj", "/CN=node", "-out",
				"node.csr");
		openssl.run("x509", "-req", "-in", "node.csr", "-CA", "CA.crt", "-CAkey", "CA.key", "-out", "node.crt");
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.authority.renew(this.depot, "node", null))
			.withMessageContaining("node.crt: no subject alternative name");
	}

	@Test
	void opensslVerifiesTheRenewedLeaf() throws Exception {
		Openssl openssl = Openssl.in(this.depot.directory());
		this.authority.issueTo(this.depot, LEAF);
		this.authority.renew(this.depot, "node", null);
		assertThat(openssl.run("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "CA.crt", "node.crt"))
			.contains("node.crt: OK");
	}

}
