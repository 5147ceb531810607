package io.github.securegrpc.material.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.netty.pkitesting.CertificateBuilder.KeyUsage;
import io.netty.pkitesting.X509Bundle;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;
import io.github.securegrpc.material.check.CrlScope;
import io.github.securegrpc.material.check.MaterialCheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which revocation lists are read, and which are refused with what reason.
 */
class RevocationListsTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private static final X509Bundle SERVER = TestCertificates.server(CA);

	private Path directory = Path.of("");

	@BeforeEach
	void here(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void severalListsAreReadFromOneFile() {
		assertThat(lists(TestCrl.of(CA).pem() + "text between\n" + TestCrl.of(OTHER_CA).pem()).lists()).hasSize(2);
	}

	@Test
	void binaryListsAreReadOneAfterTheOther() throws IOException {
		byte[] first = TestCrl.of(CA).revoke(SERVER).der();
		byte[] second = TestCrl.of(OTHER_CA).der();
		byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, both, first.length, second.length);
		Path file = Files.write(this.directory.resolve("both.der"), both);
		RevocationLists lists = Objects.requireNonNull(load(level(file.toString(), null)).revocationLists());
		assertThat(lists.lists()).hasSize(2);
		assertThat(lists.lists().get(0).isRevoked(SERVER.getCertificate())).isTrue();
		Files.write(file, java.util.Arrays.copyOf(both, both.length - 1));
		refused(() -> load(level(file.toString(), null)), "revocation list 2 in");
	}

	@Test
	void otherContentIsRefusedByItsName() {
		refused("", "holds nothing (0 bytes)");
		refused("hello", "text without a PEM block");
		refused(TestCertificates.pem(CA.getCertificate()), "holds no revocation list, only CERTIFICATE");
		refused("-----BEGIN X509 CRL-----\n", "cut off");
		refused("-----BEGIN X509 CRL-----\n!!!!\n-----END X509 CRL-----\n", "revocation list 1 in");
		refused(TestCrl.of(CA).pem() + "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n",
				"revocation list 2 in");
		refused(() -> load(level(this.directory.resolve("absent").toString(), null)), "does not exist");
	}

	@Test
	void listNotSignedByTheTrustAnchorOfItsNameIsRefused() {
		refused(TestCrl.forged(CA, OTHER_CA).pem(), "is not signed by the trust anchor of that name");
		assertThat(lists(TestCrl.of(OTHER_CA).pem()).lists()).as("not among the anchors").hasSize(1);
	}

	@Test
	void listOfAnAnchorThatMaySignNoneIsRefused() {
		X509Bundle mute = TestCertificates.issue((builder) -> builder.subject("CN=mute")
			.setIsCertificateAuthority(true)
			.setKeyUsage(true, KeyUsage.keyCertSign), null);
		TlsMaterial material = new TlsMaterial(null, new TrustAnchors(List.of(mute.getCertificate())),
				lists(TestCrl.of(mute).pem()));
		refused(() -> check(material), "is not signed by the trust anchor of that name");
	}

	@Test
	void listOfSomeCertificatesIsRefusedButForThePlainScopes() {
		refused(scoped(new IssuingDistributionPoint(null, false, false, null, true, false)), "is indirect");
		refused(scoped(new IssuingDistributionPoint(null, false, false, null, false, true)), "attribute");
		refused(scoped(new IssuingDistributionPoint(null, false, false,
				new org.bouncycastle.asn1.x509.ReasonFlags(org.bouncycastle.asn1.x509.ReasonFlags.keyCompromise), false,
				false)), "of some reasons only");
		assertThat(scope(new IssuingDistributionPoint(null, true, false, null, false, false)))
			.isEqualTo(new CrlScope(null, CrlScope.Subjects.USERS, Set.of()));
		assertThat(scope(new IssuingDistributionPoint(null, false, true, null, false, false)))
			.isEqualTo(new CrlScope(null, CrlScope.Subjects.AUTHORITIES, Set.of()));
	}

	@Test
	void serverWithoutTrustAnchorsRefusesLists() {
		TlsMaterial material = new TlsMaterial(null, null, lists(TestCrl.of(CA).pem()));
		refused(() -> check(material), "is set without a ca");
		new MaterialCheck(MaterialCheck.Side.CLIENT, Clock.systemUTC()).check(material, origin());
	}

	@Test
	void policyIsStrictUnlessSaidOtherwiseAtTheLevelOfTheLists() {
		String crl = TestCrl.of(CA).pem();
		MaterialLevel outer = new MaterialLevel("secure-grpc", null, null, null, null, null, crl, CrlPolicy.LENIENT);
		MaterialLevel inner = level(crl, null);
		MaterialLevel silent = new MaterialLevel("secure-grpc.server", null, null, null, null, null, null, null);
		assertThat(policy(inner, outer)).isEqualTo(CrlPolicy.STRICT);
		assertThat(policy(silent, outer)).isEqualTo(CrlPolicy.LENIENT);
		refused(() -> policy(
				new MaterialLevel("secure-grpc.server", null, null, null, null, null, null, CrlPolicy.STRICT), outer),
				"secure-grpc.server.crl-policy is set without secure-grpc.server.crl");
	}

	@Test
	void listsStandBesideABundle() {
		MaterialLevel level = new MaterialLevel("secure-grpc.server", null, null, null, null, "any",
				TestCrl.of(CA).pem(), null);
		assertThat(level.requireWhole()).isSameAs(level);
	}

	@Test
	void contentIsPartOfTheFingerprint() {
		TlsMaterial without = new TlsMaterial(null, null);
		TlsMaterial with = new TlsMaterial(null, null, lists(TestCrl.of(CA).pem()));
		TlsMaterial other = new TlsMaterial(null, null, lists(TestCrl.of(CA).revoke(SERVER).pem()));
		assertThat(List.of(without.fingerprint(), with.fingerprint(), other.fingerprint())).doesNotHaveDuplicates();
	}

	@Test
	void expiryIsTheirNextUpdate() {
		Instant end = Instant.now().plus(Duration.ofHours(1));
		RevocationLists lists = lists(TestCrl.until(CA, end).pem() + TestCrl.of(OTHER_CA).pem());
		assertThat(lists.expired(end.minusSeconds(2))).isEmpty();
		assertThat(lists.expired(end.plusSeconds(2))).containsExactly(lists.lists().get(0));
	}

	private String scoped(IssuingDistributionPoint point) {
		return TestCrl.of(CA).scope(point).pem();
	}

	private CrlScope scope(IssuingDistributionPoint point) {
		return CrlScope.of(lists(scoped(point)).lists().get(0));
	}

	private CrlPolicy policy(MaterialLevel... nearestFirst) {
		return Objects.requireNonNull(load(nearestFirst).revocationLists()).policy();
	}

	private RevocationLists lists(String content) {
		Path file = TestCertificates.write(this.directory.resolve("file.crl"), content);
		return Objects.requireNonNull(load(level(file.toString(), null)).revocationLists());
	}

	private static MaterialLevel level(String crl, @Nullable CrlPolicy policy) {
		return new MaterialLevel("secure-grpc.server", null, null, null, null, null, crl, policy);
	}

	private static TlsMaterial load(MaterialLevel... nearestFirst) {
		return Objects
			.requireNonNull(new MaterialSources(DefaultSslBundleRegistry::new).resolve(List.of(nearestFirst), null))
			.load();
	}

	private void refused(String content, String reason) {
		refused(() -> check(new TlsMaterial(null, new TrustAnchors(List.of(CA.getCertificate())), lists(content))),
				reason);
	}

	private static void refused(Runnable action, String reason) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(action::run).withMessageContaining(reason);
	}

	private static void check(TlsMaterial material) {
		new MaterialCheck(MaterialCheck.Side.SERVER, Clock.systemUTC()).check(material, origin());
	}

	private static MaterialOrigin origin() {
		return new MaterialOrigin(null, null, "ca.crt", "file.crl (secure-grpc.server.crl)");
	}

}
