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
		byte[] der = TestCrl
			.between(issuer, this.now.plus(Duration.ofHours(fromHours)), this.now.plus(Duration.ofHours(toHours)))
			.der();
		return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
	}

}
