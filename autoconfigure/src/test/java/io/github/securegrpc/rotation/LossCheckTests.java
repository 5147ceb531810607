package io.github.securegrpc.rotation;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.netty.pkitesting.X509Bundle;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.MaterialOrigin;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TrustAnchors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What a replacement may leave out, and what not.
 */
class LossCheckTests {

	private static final X509Bundle ROOT = TestCertificates.authority("root");

	private static final X509Bundle OTHER_ROOT = TestCertificates.authority("other root");

	private static final X509Bundle R10 = intermediate("R10", ROOT);

	private static final X509Bundle R11 = intermediate("R11", ROOT);

	private static final X509Bundle BELOW_R10 = intermediate("below R10", R10);

	private final Instant now = Clock.systemUTC().instant();

	@Test
	void chainWithoutTheIntermediateOfTheNewLeaf() {
		lost("lacks the intermediate CN=R10", chain(R10, R10), chain(R10));
		lost("lacks the intermediate CN=R11", chain(R10, R10), chain(R11));
		lost("lacks the intermediate CN=R10", chain(BELOW_R10, BELOW_R10, R10), chain(BELOW_R10, BELOW_R10));
		lost("lacks the intermediate CN=below R10", chain(BELOW_R10, BELOW_R10, R10), chain(BELOW_R10));
	}

	@Test
	void chainThatIsWhole() {
		taken(chain(R10, R10), chain(R11, R11));
		taken(chain(R10, R10), chain(ROOT));
		taken(chain(R10, R10), chain(R10, R10, ROOT));
		taken(chain(R10, R10, ROOT), chain(R11, R11));
		taken(chain(BELOW_R10, BELOW_R10, R10), chain(R11, R11));
		taken(chain(R10, R10), chain(intermediate("other", OTHER_ROOT), OTHER_ROOT));
		taken(chain(ROOT), chain(OTHER_ROOT));
	}

	@Test
	void leafOfATrustAnchorOfOurOwnNeedsNoIntermediate() {
		lost("lacks the intermediate", chain(R10, R10), chain(OTHER_ROOT));
		taken(chain(R10, R10), new TlsMaterial(chain(OTHER_ROOT).identity(), anchors(OTHER_ROOT)));
	}

	@Test
	void trustAnchorsThatExpire() {
		X509Bundle expired = TestCertificates.issue((builder) -> builder.subject("CN=expired")
			.setIsCertificateAuthority(true)
			.notAfter(this.now.minus(Duration.ofMinutes(1))), null);
		TlsMaterial old = new TlsMaterial(null, anchors(expired));
		lost("no valid trust anchor", new TlsMaterial(null, anchors(ROOT)), old);
		taken(old, old);
		lost("no valid trust anchor", old, new TlsMaterial(null, null));
	}

	@Test
	void revocationListThatIsOlderOrGone() throws GeneralSecurityException {
		X509CRL yesterday = crl(ROOT, -24, 24);
		X509CRL today = crl(ROOT, 0, 24);
		X509CRL other = crl(OTHER_ROOT, 0, 24);
		TrustAnchors both = anchors(ROOT, OTHER_ROOT);
		taken(lists(both, yesterday, other), lists(both, other, today));
		taken(lists(both, today, other), lists(both, other, today));
		lost("no current CRL of CN=root", lists(both, today, other), lists(both, yesterday, other));
		lost("no current CRL of CN=other root", lists(both, today, other), lists(both, today));
		lost("holds no revocation list", lists(both, today), new TlsMaterial(null, both));
	}

	@Test
	void revocationListThatExpired() throws GeneralSecurityException {
		X509CRL expired = crl(ROOT, -2, -1);
		lost("no current CRL of CN=root", lists(anchors(ROOT), crl(ROOT, -3, 1)), lists(anchors(ROOT), expired));
		taken(lists(anchors(ROOT), expired), lists(anchors(ROOT), expired));
	}

	@Test
	void revocationListGoesWithItsAuthority() throws GeneralSecurityException {
		X509CRL root = crl(ROOT, 0, 24);
		X509CRL below = crl(R10, 0, 24);
		taken(lists(anchors(ROOT), root, below), lists(anchors(OTHER_ROOT), crl(OTHER_ROOT, 0, 24)));
		lost("no current CRL of CN=R10", lists(anchors(ROOT), root, below), lists(anchors(ROOT), root));
		taken(lists(anchors(ROOT), root, crl(R10, -2, -1)), lists(anchors(ROOT), root));
	}

	@Test
	void revocationListOfAKeyIsNotReplacedByThatOfTheNextKey() throws GeneralSecurityException {
		X509Bundle rekeyed = TestCertificates.authority("root");
		TrustAnchors both = anchors(ROOT, rekeyed);
		X509CRL first = crl(ROOT, 0, 24);
		X509CRL second = crl(rekeyed, 0, 24);
		lost("no current CRL of CN=root", lists(both, first, second), lists(both, crl(rekeyed, 1, 24)));
		lost("no current CRL of CN=root", lists(both, first, second), lists(both, crl(ROOT, 1, 24)));
		lost("no current CRL of CN=root", lists(anchors(ROOT), first), lists(both, second));
		taken(lists(both, first, second), lists(both, crl(rekeyed, 1, 24), crl(ROOT, 1, 24)));
		taken(lists(both, first, second), lists(anchors(rekeyed), crl(rekeyed, 1, 24)));
		taken(lists(anchors(ROOT), first), lists(anchors(rekeyed), second));
	}

	@Test
	void revocationListOfAnUnknownKeyIsToldByItsIdentifier() throws GeneralSecurityException {
		X509Bundle rekeyed = intermediate("R10", ROOT);
		X509CRL first = crl(TestCrl.of(R10).keyIdentifier());
		X509CRL second = crl(TestCrl.of(rekeyed).keyIdentifier());
		TrustAnchors root = anchors(ROOT);
		lost("no current CRL of CN=R10", lists(root, first, second), lists(root, second));
		lost("no current CRL of CN=R10", lists(root, first), lists(root, second));
		taken(lists(root, first, second), lists(root, second, crl(TestCrl.of(R10).keyIdentifier())));
		taken(lists(root, crl(TestCrl.of(R10))), lists(root, crl(TestCrl.of(R10))));
	}

	@Test
	void partOfARevocationListIsNotReplacedByAnother() throws GeneralSecurityException {
		TrustAnchors root = anchors(ROOT);
		X509CRL five = crl(TestCrl.of(ROOT).scope(part("5.crl")));
		X509CRL nine = crl(TestCrl.of(ROOT).scope(part("9.crl")));
		X509CRL users = crl(TestCrl.of(ROOT).scope(subjects(true)));
		X509CRL authorities = crl(TestCrl.of(ROOT).scope(subjects(false)));
		X509CRL whole = crl(TestCrl.of(ROOT));
		lost("no current CRL of CN=root", lists(root, five, nine), lists(root, nine));
		lost("no current CRL of CN=root", lists(root, users, authorities), lists(root, users));
		lost("no current CRL of CN=root", lists(root, users, authorities), lists(root, authorities));
		lost("no current CRL of CN=root", lists(root, whole), lists(root, users));
		lost("no current CRL of CN=root", lists(root, whole), lists(root, five, nine));
		taken(lists(root, five, nine), lists(root, nine, five));
		taken(lists(root, five, nine, users, authorities), lists(root, whole));
	}

	@Test
	void revocationListWithALowerNumberIsOlder() throws GeneralSecurityException {
		TrustAnchors root = anchors(ROOT);
		X509CRL ten = crl(TestCrl.of(ROOT).number(10));
		lost("no current CRL of CN=root", lists(root, ten), lists(root, crl(TestCrl.of(ROOT).number(9))));
		taken(lists(root, ten), lists(root, crl(TestCrl.of(ROOT).number(10))));
		taken(lists(root, ten), lists(root, crl(TestCrl.of(ROOT).number(300))));
		taken(lists(root, crl(TestCrl.of(ROOT).scope(part("5.crl")).number(12))), lists(root, ten));
	}

	private static IssuingDistributionPoint part(String file) {
		return new IssuingDistributionPoint(
				new DistributionPointName(new GeneralNames(
						new GeneralName(GeneralName.uniformResourceIdentifier, "http://crl.example.com/" + file))),
				false, false, null, false, false);
	}

	private static IssuingDistributionPoint subjects(boolean users) {
		return new IssuingDistributionPoint(null, users, !users, null, false, false);
	}

	private void lost(String reason, TlsMaterial before, TlsMaterial next) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> check(before, next))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.action()).isNotBlank());
	}

	private void taken(TlsMaterial before, TlsMaterial next) {
		assertThatNoException().isThrownBy(() -> check(before, next));
	}

	private void check(TlsMaterial before, TlsMaterial next) {
		new LossCheck(new MaterialOrigin("tls.crt", "tls.key", "ca.crt"), this.now).check(before, next);
	}

	private static X509Bundle intermediate(String name, X509Bundle issuer) {
		return TestCertificates.issue((builder) -> builder.subject("CN=" + name).setIsCertificateAuthority(true),
				issuer);
	}

	/* A new leaf, and what is presented with it. */
	private static TlsMaterial chain(X509Bundle issuer, X509Bundle... presented) {
		X509Bundle leaf = TestCertificates.server(issuer);
		List<X509Certificate> chain = new ArrayList<>(List.of(leaf.getCertificate()));
		Arrays.stream(presented).map(X509Bundle::getCertificate).forEach(chain::add);
		return new TlsMaterial(new Identity(leaf.getKeyPair().getPrivate(), chain), null);
	}

	private static TrustAnchors anchors(X509Bundle... authorities) {
		return new TrustAnchors(Arrays.stream(authorities).map(X509Bundle::getCertificate).toList());
	}

	private static TlsMaterial lists(@Nullable TrustAnchors anchors, X509CRL... lists) {
		return new TlsMaterial(null, anchors, new RevocationLists(List.of(lists), CrlPolicy.LENIENT));
	}

	private X509CRL crl(X509Bundle issuer, int fromHours, int toHours) throws GeneralSecurityException {
		return crl(TestCrl.between(issuer, this.now.plus(Duration.ofHours(fromHours)),
				this.now.plus(Duration.ofHours(toHours))));
	}

	private static X509CRL crl(TestCrl list) throws GeneralSecurityException {
		return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(list.der()));
	}

}
