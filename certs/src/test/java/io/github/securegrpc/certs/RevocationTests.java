package io.github.securegrpc.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for revoking: what the list says, and that nothing ever leaves it.
 */
class RevocationTests {

	private final MutableClock clock = new MutableClock();

	private final Depot depot;

	private final CertificateAuthority authority;

	RevocationTests(@TempDir Path directory) {
		this.depot = Depot.certstrap(directory);
		this.authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("My CA"), this.clock);
	}

	@Test
	void firstListIsEmptyAndSigned() throws Exception {
		X509CRL list = this.authority.crl();
		assertThat(list.getRevokedCertificates()).isNull();
		assertThat(list.getVersion()).isEqualTo(2);
		assertThat(list.getIssuerX500Principal()).isEqualTo(this.authority.certificate().getSubjectX500Principal());
		list.verify(this.authority.certificate().getPublicKey());
		assertThat(list.getThisUpdate()).isEqualTo(this.clock.instant());
		assertThat(list.getNextUpdate()).isEqualTo(this.clock.instant().plus(Duration.ofDays(30)));
		assertThat(number(list)).isOne();
		assertThat(this.depot.directory().resolve("My_CA.crl")).content().startsWith("-----BEGIN X509 CRL-----");
	}

	@Test
	void listNamesTheKeyOfItsAuthority() {
		byte[] ofList = octets(this.authority.crl().getExtensionValue("2.5.29.35"));
		byte[] ofAuthority = octets(this.authority.certificate().getExtensionValue("2.5.29.14"));
		assertThat(AuthorityKeyIdentifier.getInstance(ofList).getKeyIdentifierOctets()).isEqualTo(octets(ofAuthority));
	}

	@Test
	void revokedLeafStaysInEveryLaterList() {
		X509Certificate first = issue("first");
		X509Certificate second = issue("second");
		X509CRLEntry entry = entry(revoke("first", RevocationReason.KEY_COMPROMISE), first);
		assertThat(entry.getRevocationReason()).isEqualTo(CRLReason.KEY_COMPROMISE);
		assertThat(entry.getRevocationDate()).isEqualTo(this.clock.instant());
		this.clock.advance(Duration.ofDays(100));
		X509CRL later = revoke("second", RevocationReason.UNSPECIFIED);
		assertThat(entry(later, first)).isEqualTo(entry);
		assertThat(entry(later, second).hasExtensions()).as("unspecified is left out").isFalse();
		assertThat(number(later)).isEqualTo(2);
		assertThat(entry(reopened().crl(), first)).isEqualTo(entry);
	}

	@Test
	void secondRevocationChangesNothing() {
		X509Certificate leaf = issue("leaf");
		X509CRLEntry entry = entry(revoke("leaf", RevocationReason.KEY_COMPROMISE), leaf);
		this.clock.advance(Duration.ofDays(1));
		X509CRL again = revoke("leaf", RevocationReason.SUPERSEDED);
		assertThat(entry(again, leaf)).isEqualTo(entry);
		assertThat(again.getRevokedCertificates()).hasSize(1);
	}

	@Test
	void leafOfAnotherAuthorityIsNotRevoked(@TempDir Path directory) {
		CertificateAuthority other = CertificateAuthority.create(Depot.certstrap(directory),
				AuthorityRequest.named("My CA"), this.clock);
		other.issueTo(this.depot, request("foreign"));
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> revoke("foreign", RevocationReason.UNSPECIFIED))
			.withMessageContaining("foreign.crt: issued by CN=My CA, and not by this authority");
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> revoke("My CA", RevocationReason.UNSPECIFIED))
			.withMessageContaining("(expected: a leaf)");
		assertThat(this.depot.revocations("My CA")).doesNotExist();
	}

	@Test
	void listThatCannotBeReadIsLeftAlone(@TempDir Path directory) throws IOException {
		issue("leaf");
		CertificateAuthority.create(Depot.certstrap(directory), AuthorityRequest.named("My CA"), this.clock).crl();
		String foreign = Files.readString(directory.resolve("My_CA.crl"));
		for (String content : List.of("", "garbage", foreign.substring(0, 100), foreign)) {
			Files.writeString(this.depot.revocations("My CA"), content);
			assertThatExceptionOfType(RefusedException.class)
				.isThrownBy(() -> revoke("leaf", RevocationReason.UNSPECIFIED))
				.withMessageContaining("My_CA.crl: ");
			assertThat(this.depot.revocations("My CA")).hasContent(content);
		}
	}

	@Test
	void revocationsAtTheSameTimeAllStay() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(4);
		try {
			List<Callable<X509CRL>> revocations = List.of("a", "b", "c", "d")
				.stream()
				.<Callable<X509CRL>>map((name) -> {
					issue(name);
					return () -> revoke(name, RevocationReason.SUPERSEDED);
				})
				.toList();
			for (Future<X509CRL> revocation : executor.invokeAll(revocations)) {
				revocation.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		X509CRL last = this.authority.crl();
		assertThat(last.getRevokedCertificates()).hasSize(4);
		assertThat(number(last)).isEqualTo(5);
	}

	@Test
	void opensslRefusesTheRevokedLeafOnly() throws Exception {
		Openssl openssl = Openssl.in(this.depot.directory());
		issue("good");
		issue("bad");
		revoke("bad", RevocationReason.KEY_COMPROMISE);
		String[] verify = { "verify", "-x509_strict", "-crl_check", "-CAfile", "My_CA.crt", "-CRLfile", "My_CA.crl" };
		assertThat(openssl.run(with(verify, "good.crt"))).contains("good.crt: OK");
		assertThat(openssl.run(with(verify, "bad.crt"))).contains("certificate revoked");
		assertThat(openssl.run("crl", "-in", "My_CA.crl", "-noout", "-text", "-CAfile", "My_CA.crt")
			.replaceAll("\\s+", " ")).contains("verify OK", "Version 2 (0x1)", "X509v3 CRL Number: 1",
					"X509v3 Authority Key Identifier", "X509v3 CRL Reason Code: Key Compromise");
	}

	private static String[] with(String[] arguments, String last) {
		String[] all = Arrays.copyOf(arguments, arguments.length + 1);
		all[arguments.length] = last;
		return all;
	}

	private X509Certificate issue(String name) {
		return this.authority.issueTo(this.depot, request(name)).leaf();
	}

	private static LeafRequest request(String name) {
		return LeafRequest.client(name, SubjectAlternativeName.dns(name)).withValidity(Duration.ofDays(365));
	}

	private X509CRL revoke(String name, RevocationReason reason) {
		return this.authority.revoke(this.depot, name, reason);
	}

	private CertificateAuthority reopened() {
		return CertificateAuthority.open(this.depot, "My CA", this.clock);
	}

	private static X509CRLEntry entry(X509CRL list, X509Certificate leaf) {
		return list.getRevokedCertificate(leaf.getSerialNumber());
	}

	private static int number(X509CRL list) {
		return ASN1Integer.getInstance(octets(list.getExtensionValue("2.5.29.20"))).intValueExact();
	}

	private static byte[] octets(byte[] value) {
		return ASN1OctetString.getInstance(value).getOctets();
	}

}
