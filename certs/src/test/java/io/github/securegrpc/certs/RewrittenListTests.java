package io.github.securegrpc.certs;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that no entry is lost and no number goes down after openssl wrote the list anew,
 * which knows nothing of what was revoked here.
 */
class RewrittenListTests {

	private static final BigInteger OF_OPENSSL = BigInteger.valueOf(0xabcd);

	private final MutableClock clock = new MutableClock();

	private final Depot depot;

	private final CertificateAuthority authority;

	private final Openssl openssl;

	RewrittenListTests(@TempDir Path directory) {
		this.depot = Depot.certstrap(directory);
		this.authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), this.clock);
		this.openssl = Openssl.in(directory);
	}

	@BeforeEach
	void issueLists() {
		for (int i = 0; i < 4; i++) {
			this.authority.crl();
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', PEM, 6", "01, PEM, 6", "01, DER, 6", "'', DER, 6", "10, PEM, 17", "10, DER, 17" })
	void whatWasRevokedStaysRevoked(String number, String form, int next) throws Exception {
		X509Certificate leaf = issue("leaf");
		X509Certificate second = issue("second");
		this.authority.revoke(this.depot, "leaf", RevocationReason.KEY_COMPROMISE);
		rewrite(number, form);
		assertThat(revoked().contain(leaf)).isTrue();
		assertThat(revoked().missing()).containsExactly(leaf.getSerialNumber());
		assertThat(revoked().isDue(this.clock.instant())).isTrue();
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.authority.renew(this.depot, "leaf", null))
			.withMessageContaining("leaf.crt: revoked");
		X509CRL list = this.authority.revoke(this.depot, "second", RevocationReason.SUPERSEDED);
		assertThat(number(list)).isEqualTo(next);
		assertThat(list.getRevokedCertificates()).extracting(X509CRLEntry::getSerialNumber)
			.containsExactlyInAnyOrder(leaf.getSerialNumber(), OF_OPENSSL, second.getSerialNumber());
		assertThat(list.getRevokedCertificate(leaf).getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
		assertThat(list.getRevokedCertificate(OF_OPENSSL).getRevocationReason()).isEqualTo(CRLReason.CA_COMPROMISE);
		assertThat(this.depot.revocations("CA")).content().startsWith("-----BEGIN X509 CRL-----");
		assertThat(revoked().isDue(this.clock.instant())).isFalse();
	}

	@Test
	void listThatWasDeletedOrRestoredFromLongAgoIsMadeGood() throws Exception {
		Path old = Files.copy(this.depot.revocations("CA"), this.depot.directory().resolve("old"));
		X509Certificate leaf = issue("leaf");
		this.authority.revoke(this.depot, "leaf", RevocationReason.KEY_COMPROMISE);
		Files.copy(old, this.depot.revocations("CA"), StandardCopyOption.REPLACE_EXISTING);
		X509CRL list = this.authority.crl();
		assertThat(number(list)).isEqualTo(6);
		assertThat(list.getRevokedCertificate(leaf)).isNotNull();
		Files.delete(this.depot.revocations("CA"));
		list = this.authority.crl();
		assertThat(number(list)).isEqualTo(7);
		assertThat(list.getRevokedCertificate(leaf)).isNotNull();
	}

	@Test
	void everyListOfTheFileCounts() throws Exception {
		X509Certificate leaf = issue("leaf");
		this.authority.revoke(this.depot, "leaf", RevocationReason.KEY_COMPROMISE);
		String first = Files.readString(this.depot.revocations("CA"));
		rewrite("", "PEM");
		Files.writeString(this.depot.revocations("CA"), first, StandardOpenOption.APPEND);
		Files.delete(this.depot.revoked("CA"));
		assertThat(this.authority.crl().getRevokedCertificate(leaf)).isNotNull();
	}

	@Test
	void recordThatCannotBeReadIsNotPassedOver() throws Exception {
		Files.writeString(this.depot.revoked("CA"), "garbage");
		String list = Files.readString(this.depot.revocations("CA"));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this.authority::crl)
			.withMessageContaining("CA.revoked: ")
			.satisfies((ex) -> assertThat(ex.action()).startsWith("Restore the file from a backup"));
		assertThat(this.depot.revocations("CA")).hasContent(list);
	}

	@Test
	void recordOfAnEarlierAuthorityOfThatNameSaysNothing() throws Exception {
		for (String file : new String[] { "CA.key", "CA.crt", "CA.crl" }) {
			Files.delete(this.depot.directory().resolve(file));
		}
		CertificateAuthority next = CertificateAuthority.create(this.depot, AuthorityRequest.named("CA"), this.clock);
		assertThat(number(next.crl())).isOne();
	}

	private void rewrite(String number, String form) throws Exception {
		this.clock.advance(Duration.ofSeconds(5));
		Path directory = this.depot.directory();
		Files.writeString(directory.resolve("index.txt"),
				"R\t351231235959Z\t260101000000Z,CACompromise\tABCD\tunknown\t/CN=of openssl\n");
		Files.writeString(directory.resolve("number"), number + "\n");
		Files.writeString(directory.resolve("ca.cnf"), """
				[ca]
				default_ca = authority
				[authority]
				database = index.txt
				default_md = sha256
				default_crl_days = 30
				""" + (number.isEmpty() ? "" : "crlnumber = number\n"));
		this.openssl.run("ca", "-config", "ca.cnf", "-gencrl", "-keyfile", "CA.key", "-cert", "CA.crt", "-out",
				"new.crl");
		this.openssl.run("crl", "-in", "new.crl", "-outform", form, "-out", "CA.crl");
	}

	private X509Certificate issue(String name) {
		return this.authority.issueTo(this.depot, LeafRequest.client(name, SubjectAlternativeName.dns(name))).leaf();
	}

	private RevokedCertificates revoked() {
		return new RevokedCertificates(this.depot, "CA", this.authority.certificate());
	}

	private static int number(X509CRL list) {
		byte[] value = ASN1OctetString.getInstance(list.getExtensionValue("2.5.29.20")).getOctets();
		return ASN1Integer.getInstance(value).intValueExact();
	}

}
