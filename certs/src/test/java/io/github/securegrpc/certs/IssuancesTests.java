package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.certs.key.CertificateFile;
import io.github.securegrpc.certs.key.PassphraseSource;
import io.github.securegrpc.certs.key.Pem;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that revoking a name leaves no certificate of it in use, whichever were renewed.
 */
class IssuancesTests {

	private static final LeafRequest CLIENT = LeafRequest.client("client", SubjectAlternativeName.dns("client"));

	private final MutableClock clock = new MutableClock();

	private final Depot depot;

	private final CertificateAuthority authority;

	IssuancesTests(@TempDir Path directory) {
		this.depot = Depot.certstrap(directory);
		this.authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), this.clock);
	}

	@Test
	void opensslRefusesTheStolenCertificateThatWasRenewed() throws Exception {
		Openssl openssl = Openssl.in(this.depot.directory());
		X509Certificate stolen = this.authority.issueTo(this.depot, CLIENT).leaf();
		Files.copy(this.depot.certificate("client"), this.depot.directory().resolve("stolen.pem"));
		X509Certificate renewed = renew();
		this.authority.crl();
		String[] verify = { "verify", "-crl_check", "-CAfile", "CA.crt", "-CRLfile", "CA.crl", "stolen.pem",
				"client.crt" };
		assertThat(openssl.run(verify)).contains("stolen.pem: OK", "client.crt: OK");
		revoke();
		assertThat(openssl.run(verify)).contains("stolen.pem: verification failed", "client.crt: verification failed",
				"certificate revoked");
		assertThat(openssl.run("crl", "-in", "CA.crl", "-noout", "-text")).contains(hex(stolen), hex(renewed))
			.containsPattern("(?s)Key Compromise.*Key Compromise");
	}

	@Test
	void leafOfADepotWithoutRecordIsRevokedWithItsRenewals() throws IOException {
		List<X509Certificate> all = new ArrayList<>(List.of(this.authority.issueTo(this.depot, CLIENT).leaf()));
		Files.delete(this.depot.issued("client"));
		assertThat(this.authority.revoke(this.depot, "client", RevocationReason.UNSPECIFIED).getRevokedCertificates())
			.hasSize(1);
		Files.delete(this.depot.revocations("CA"));
		Files.delete(this.depot.revoked("CA"));
		all.add(renew());
		all.add(renew());
		assertRevoked(revoke(), all);
	}

	@Test
	void certificateOfAnInterruptedRenewalIsRevoked(@TempDir Path copy) throws IOException {
		X509Certificate first = this.authority.issueTo(this.depot, CLIENT).leaf();
		Path old = Files.copy(this.depot.certificate("client"), copy.resolve("client.crt"));
		X509Certificate renewed = renew();
		Files.move(old, this.depot.certificate("client"), StandardCopyOption.REPLACE_EXISTING);
		assertRevoked(revoke(), List.of(first, renewed));
	}

	@Test
	void leafThatWasDeletedAndIssuedAgainIsRevokedWithTheNewOne() throws IOException {
		X509Certificate first = this.authority.issueTo(this.depot, CLIENT).leaf();
		Files.delete(this.depot.certificate("client"));
		Files.delete(this.depot.key("client"));
		Files.delete(this.depot.request("client"));
		X509Certificate second = this.authority.issueTo(this.depot, CLIENT).leaf();
		assertRevoked(revoke(), List.of(first, second));
	}

	@Test
	void expiredCertificatesAreForgotten() throws IOException {
		this.authority.issueTo(this.depot, CLIENT);
		this.clock.advance(Duration.ofDays(60));
		X509Certificate second = renew();
		this.clock.advance(Duration.ofDays(60));
		X509Certificate third = renew();
		assertThat(this.depot.issued("client")).content().contains(pem(second), pem(third));
		assertThat(CertificateFile.read(this.depot.issued("client"), PassphraseSource.NONE).certificates()).hasSize(2);
		assertRevoked(revoke(), List.of(second, third));
	}

	@Test
	void certificatesOfOtherNamesAndAuthoritiesStay() {
		CertificateAuthority other = CertificateAuthority.create(this.depot, AuthorityRequest.named("other"),
				this.clock);
		X509Certificate leaf = this.authority.issueTo(this.depot, CLIENT).leaf();
		this.authority.issueTo(this.depot, LeafRequest.client("client.b", SubjectAlternativeName.dns("b")));
		new Issuances(this.depot, "client").add(List.of(other.issue(CLIENT).leaf()), this.clock.instant());
		assertRevoked(revoke(), List.of(leaf));
	}

	@Test
	void recordThatCannotBeReadIsLeftAlone() throws IOException {
		this.authority.issueTo(this.depot, CLIENT);
		String leaf = Files.readString(this.depot.certificate("client"));
		Files.writeString(this.depot.issued("client"), "garbage");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::renew)
			.withMessageContaining("client.issued: ");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::revoke)
			.withMessageContaining("client.issued: ");
		assertThat(this.depot.issued("client")).hasContent("garbage");
		assertThat(this.depot.certificate("client")).hasContent(leaf);
	}

	private X509Certificate renew() {
		return this.authority.renew(this.depot, "client", null);
	}

	private X509CRL revoke() {
		return this.authority.revoke(this.depot, "client", RevocationReason.KEY_COMPROMISE);
	}

	private static void assertRevoked(X509CRL list, List<X509Certificate> expected) {
		assertThat(list.getRevokedCertificates()).hasSameSizeAs(expected);
		assertThat(expected).allMatch((certificate) -> list.getRevokedCertificate(certificate) != null);
	}

	private static String pem(X509Certificate certificate) {
		return new String(Pem.encode(certificate), StandardCharsets.US_ASCII);
	}

	/* As openssl writes it, byte by byte. */
	private static String hex(X509Certificate certificate) {
		String digits = "%X".formatted(certificate.getSerialNumber());
		return "0".repeat(digits.length() % 2) + digits;
	}

}
