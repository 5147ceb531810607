package io.github.securegrpc.certs;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLException;

import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CertificateAuthority}.
 */
class CertificateAuthorityTests {

	private static final LeafRequest SERVER = LeafRequest.server("server", SubjectAlternativeName.dns("localhost"),
			SubjectAlternativeName.ip("::1"), SubjectAlternativeName.uri("spiffe://test/server"),
			SubjectAlternativeName.email("ops@example.com"));

	private static final LeafRequest CLIENT = LeafRequest.client("client", SubjectAlternativeName.dns("client"));

	private final MutableClock clock = new MutableClock();

	private final Depot depot;

	private final CertificateAuthority authority;

	CertificateAuthorityTests(@TempDir Path directory) {
		this.depot = Depot.certstrap(directory);
		this.authority = CertificateAuthority.create(this.depot, AuthorityRequest.named("Test CA"), this.clock);
	}

	@Test
	void authorityMaySignLeavesOnly() {
		X509Certificate certificate = this.authority.certificate();
		assertThat(certificate.getBasicConstraints()).isZero();
		assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
		assertThat(certificate.getKeyUsage()).containsExactly(false, false, false, false, false, true, true, false,
				false);
		assertThat(certificate.getSubjectX500Principal()).hasToString("CN=Test CA");
	}

	@Test
	void leafCarriesItsNamesAndPurposes() throws Exception {
		X509Certificate leaf = this.authority.issue(SERVER).leaf();
		assertThat(SubjectAlternativeName.of(leaf)).containsExactlyElementsOf(SERVER.sans());
		assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
		assertThat(leaf.getBasicConstraints()).isNegative();
		assertThat(leaf.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.19", "2.5.29.15");
		assertThat(leaf.getKeyUsage()).startsWith(true, false, false, false, false, false, false);
		LeafRequest peer = LeafRequest.peer("node", SubjectAlternativeName.ip("10.0.0.1"));
		assertThat(this.authority.issue(peer).leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1",
				"1.3.6.1.5.5.7.3.2");
	}

	@Test
	void leafNamesTheKeyOfItsAuthority() {
		X509Certificate leaf = this.authority.issue(SERVER).leaf();
		byte[] issuer = ASN1OctetString.getInstance(extension(leaf, "2.5.29.35")).getOctets();
		byte[] subject = ASN1OctetString.getInstance(extension(this.authority.certificate(), "2.5.29.14")).getOctets();
		assertThat(AuthorityKeyIdentifier.getInstance(issuer).getKeyIdentifierOctets())
			.isEqualTo(ASN1OctetString.getInstance(subject).getOctets());
	}

	@Test
	void serialsArePositiveAndNeverTheSame() {
		Set<Object> serials = new HashSet<>();
		for (int i = 0; i < 20; i++) {
			X509Certificate leaf = this.authority.issue(CLIENT).leaf();
			assertThat(leaf.getSerialNumber()).isPositive();
			assertThat(leaf.getSerialNumber().bitLength()).isBetween(90, 128);
			serials.add(leaf.getSerialNumber());
		}
		assertThat(serials).hasSize(20);
	}

	@Test
	void validityStartsALittleInThePast() {
		this.clock.advance(Duration.ofDays(1));
		X509Certificate leaf = this.authority.issue(CLIENT.withValidity(Duration.ofHours(24))).leaf();
		assertThat(leaf.getNotBefore().toInstant()).isEqualTo(this.clock.instant().minus(Duration.ofMinutes(5)));
		assertThat(leaf.getNotAfter().toInstant()).isEqualTo(this.clock.instant().plus(Duration.ofHours(24)));
	}

	@Test
	void leafDoesNotOutliveItsAuthority() {
		Instant end = this.authority.certificate().getNotAfter().toInstant();
		assertThat(this.authority.issue(CLIENT.withValidity(Duration.ofDays(36525))).expiry()).isEqualTo(end);
	}

	@Test
	void expiredAuthorityIssuesNothing() {
		this.clock.advance(Duration.ofDays(3653));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.authority.issueTo(this.depot, CLIENT))
			.withMessageContaining("expected: an authority that is valid now");
		assertThat(this.depot.key("client")).doesNotExist();
	}

	@Test
	void leafMayNotBearTheNameOfItsAuthority() {
		LeafRequest request = LeafRequest.client("Test CA", SubjectAlternativeName.dns("ca"));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.authority.issue(request))
			.withMessageContaining("name: Test CA (expected: ");
	}

	@ParameterizedTest
	@EnumSource(names = { "EC_P256", "RSA_2048", "ED25519" })
	void keyAlgorithmMakesMutualTls(KeyAlgorithm algorithm, @TempDir Path directory) throws Exception {
		CertificateAuthority made = CertificateAuthority.create(Depot.certstrap(directory),
				AuthorityRequest.named("CA").withKeyAlgorithm(algorithm), this.clock);
		Identity server = made.issue(SERVER.withKeyAlgorithm(algorithm));
		assertThat(algorithm.describes(server.leaf().getPublicKey())).isTrue();
		Identity client = made.issue(CLIENT);
		assertThat(new TlsHandshake(made.certificate(), server, client).run()).isEqualTo(client.leaf());
	}

	@Test
	void serverLeafIsRefusedAsAClient() throws Exception {
		Identity server = this.authority.issue(SERVER);
		TlsHandshake handshake = new TlsHandshake(this.authority.certificate(), server, server);
		assertThatExceptionOfType(SSLException.class).isThrownBy(handshake::run).withMessageContaining("client");
	}

	@Test
	void leafOfAnotherAuthorityIsRefused(@TempDir Path directory) throws Exception {
		CertificateAuthority other = CertificateAuthority.create(Depot.certstrap(directory),
				AuthorityRequest.named("Test CA"), this.clock);
		TlsHandshake handshake = new TlsHandshake(this.authority.certificate(), this.authority.issue(SERVER),
				other.issue(CLIENT));
		assertThatExceptionOfType(SSLException.class).isThrownBy(handshake::run);
	}

	@Test
	void leafIsNoAuthority() {
		this.authority.issueTo(this.depot, CLIENT);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> CertificateAuthority.open(this.depot, "client", this.clock))
			.withMessageContaining("client.crt: not an authority");
	}

	@Test
	void keyIsNeverPrinted() {
		Identity identity = this.authority.issue(CLIENT);
		assertThat(List.of(this.authority, identity, CLIENT, this.depot).toString()).doesNotContain("PRIVATE")
			.doesNotContain(String.valueOf(identity.privateKey()));
		assertThat(this.authority).hasToString("CertificateAuthority[subject=CN=Test CA, expiry=%s]"
			.formatted(this.authority.certificate().getNotAfter().toInstant()));
	}

	private static byte[] extension(X509Certificate certificate, String oid) {
		return certificate.getExtensionValue(oid);
	}

}
