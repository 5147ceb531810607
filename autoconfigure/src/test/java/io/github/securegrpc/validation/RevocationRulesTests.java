package io.github.securegrpc.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import javax.net.ssl.X509TrustManager;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.material.CrlPolicy;
import io.github.securegrpc.material.RevocationLists;
import io.github.securegrpc.material.ValidationMode;
import io.github.securegrpc.validation.PeerRefusedException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Which list speaks of which certificate of a path, whether our other rules are on or
 * not.
 */
@ParameterizedClass
@EnumSource(ValidationMode.class)
class RevocationRulesTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle NAMESAKE = TestCertificates.authority("ca");

	private static final X509Bundle INTERMEDIATE = TestCertificates
		.issue((builder) -> builder.subject("CN=intermediate").setIsCertificateAuthority(true), CA);

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	private static final X509Bundle KNOWN_TO_ALL = TestCertificates.client(CA);

	private static final X509Bundle FAR = TestCertificates.client(INTERMEDIATE);

	private final Instant past = Clock.systemUTC().instant().minus(Duration.ofMinutes(1));

	private final ValidationMode mode;

	private final List<X509CRL> lists = new ArrayList<>();

	private CrlPolicy policy = CrlPolicy.STRICT;

	RevocationRulesTests(ValidationMode mode) {
		this.mode = mode;
	}

	@Test
	void leafAndIntermediateAreAskedForAtTheirOwnIssuers() {
		add(TestCrl.of(CA).revoke(FAR), TestCrl.of(INTERMEDIATE).revoke(CLIENT).revoke(INTERMEDIATE));
		accepted(CLIENT);
		accepted(FAR, INTERMEDIATE);
	}

	@Test
	void intermediateOnTheListOfItsIssuerIsRevoked() {
		add(TestCrl.of(CA).revoke(INTERMEDIATE), TestCrl.of(INTERMEDIATE));
		refused(Reason.REVOKED, "its issuer CN=intermediate was revoked at", FAR, INTERMEDIATE);
	}

	@Test
	void listOfANamesakeSaysNothing() {
		add(TestCrl.of(NAMESAKE).revoke(CLIENT));
		refused(Reason.RULE, "there is no CRL that CN=ca signed", CLIENT);
		this.policy = CrlPolicy.LENIENT;
		accepted(CLIENT);
		add(TestCrl.of(CA).revoke(CLIENT));
		refused(Reason.REVOKED, "it was revoked at", CLIENT);
	}

	@Test
	void oneCurrentListIsEnoughAndAnExpiredOneStillRevokes() {
		add(TestCrl.until(CA, this.past), TestCrl.of(CA));
		accepted(CLIENT);
		add(TestCrl.until(CA, this.past).revoke(CLIENT));
		refused(Reason.REVOKED, "it was revoked at", CLIENT);
	}

	@Test
	void onlyTheLeafNeedsAListButNoneMayBeExpired() {
		add(TestCrl.of(INTERMEDIATE));
		accepted(FAR, INTERMEDIATE);
		add(TestCrl.until(CA, this.past));
		refused(Reason.RULE, "the CRL of CN=ca holds from", FAR, INTERMEDIATE);
		this.policy = CrlPolicy.LENIENT;
		accepted(FAR, INTERMEDIATE);
	}

	@Test
	void listOfAuthoritiesSaysNothingOfALeaf() {
		add(TestCrl.of(CA).scope(new IssuingDistributionPoint(null, false, true, null, false, false)));
		refused(Reason.RULE, "there is no CRL that CN=ca signed", CLIENT);
	}

	@Test
	void listOfUsersSaysNothingOfAnAuthority() {
		add(TestCrl.of(INTERMEDIATE),
				TestCrl.until(CA, this.past).scope(new IssuingDistributionPoint(null, false, true, null, false, false)),
				TestCrl.of(CA).scope(new IssuingDistributionPoint(null, true, false, null, false, false)));
		refused(Reason.RULE, "the CRL of CN=ca holds from", FAR, INTERMEDIATE);
		accepted(CLIENT);
	}

	@Test
	void partOfAListSpeaksOfTheCertificatesThatNameIt() throws IOException {
		X509Bundle mine = listedAt("http://crl.example.com/5.crl");
		X509Bundle other = listedAt("http://crl.example.com/9.crl");
		add(TestCrl.of(CA)
			.revoke(KNOWN_TO_ALL)
			.scope(new IssuingDistributionPoint(at("http://crl.example.com/5.crl"), false, false, null, false, false)));
		accepted(mine);
		refused(Reason.RULE, "there is no CRL that CN=ca signed", other);
		refused(Reason.RULE, "there is no CRL that CN=ca signed", CLIENT);
		refused(Reason.REVOKED, "it was revoked at", KNOWN_TO_ALL);
	}

	@Test
	void whetherAnAuthorityMaySignListsIsAskedOfItsCertificate() {
		X509Bundle mute = TestCertificates.issue((builder) -> builder.subject("CN=intermediate")
			.setIsCertificateAuthority(true)
			.publicKey(INTERMEDIATE.getKeyPair().getPublic())
			.setKeyUsage(true, CertificateBuilder.KeyUsage.keyCertSign), CA);
		X509Bundle welcome = TestCertificates.client(INTERMEDIATE);
		add(TestCrl.of(CA), TestCrl.of(INTERMEDIATE).revoke(FAR));
		X509TrustManager strict = manager();
		refused(strict, Reason.RULE, "there is no CRL that CN=intermediate signed", welcome, mute);
		accepted(strict, welcome, INTERMEDIATE);
		refused(strict, Reason.REVOKED, "it was revoked at", FAR, INTERMEDIATE);
		this.policy = CrlPolicy.LENIENT;
		X509TrustManager lenient = manager();
		accepted(lenient, welcome, mute);
		refused(lenient, Reason.REVOKED, "it was revoked at", FAR, INTERMEDIATE);
		refused(lenient, Reason.REVOKED, "it was revoked at", FAR, mute);
	}

	@Test
	void foreignCertificateInTheChainHidesNothing() {
		add(TestCrl.of(CA).revoke(CLIENT));
		refused(Reason.REVOKED, "it was revoked at", CLIENT, NAMESAKE);
		refused(Reason.REVOKED, "it was revoked at", CLIENT, TestCertificates.authority("x"));
		refused(Reason.REVOKED, "it was revoked at", CLIENT, FAR);
	}

	@Test
	void listFromAClockThatIsAheadCounts() {
		add(TestCrl.of(CA));
		Revocation revocation = new Revocation(new RevocationLists(this.lists, this.policy),
				Clock.offset(Clock.systemUTC(), Duration.ofHours(-3)));
		assertThatNoException()
			.isThrownBy(() -> revocation.check(CLIENT.getCertificate(), List.of(CA.getCertificate())));
	}

	@Test
	void authorityIsNoPeerThatAListCouldBeMissingFor() {
		add(TestCrl.of(INTERMEDIATE));
		refused(Reason.RULE, "it is a CA certificate", INTERMEDIATE);
	}

	private static X509Bundle listedAt(String uri) throws IOException {
		byte[] points = new CRLDistPoint(new DistributionPoint[] { new DistributionPoint(at(uri), null, null) })
			.getEncoded();
		return TestCertificates.issue((builder) -> builder.subject("CN=client")
			.addSanDnsName("client")
			.addExtendedKeyUsageClientAuth()
			.addExtensionOctetString("2.5.29.31", false, points), CA);
	}

	private static DistributionPointName at(String uri) {
		return new DistributionPointName(new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
	}

	private void add(TestCrl... added) {
		for (TestCrl list : added) {
			try {
				this.lists.add((X509CRL) CertificateFactory.getInstance("X.509")
					.generateCRL(new ByteArrayInputStream(list.der())));
			}
			catch (GeneralSecurityException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	private void accepted(X509Bundle... chain) {
		accepted(manager(), chain);
	}

	private static void accepted(X509TrustManager manager, X509Bundle... chain) {
		assertThatNoException().isThrownBy(() -> judge(manager, chain));
	}

	private void refused(Reason reason, String text, X509Bundle... chain) {
		refused(manager(), reason, text, chain);
	}

	private static void refused(X509TrustManager manager, Reason reason, String text, X509Bundle... chain) {
		assertThatExceptionOfType(PeerRefusedException.class).isThrownBy(() -> judge(manager, chain))
			.withMessageContaining(text)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	private static void judge(X509TrustManager manager, X509Bundle... chain) throws CertificateException {
		manager.checkClientTrusted(Arrays.stream(chain).map(X509Bundle::getCertificate).toArray(X509Certificate[]::new),
				"EC");
	}

	private X509TrustManager manager() {
		AnchorSet anchors = new AnchorSet(List.of(CA.getCertificate(), NAMESAKE.getCertificate()), "the test",
				new RevocationLists(this.lists, this.policy));
		return new TrustRules(this.mode, Set.of(), Clock.systemUTC()).trustManager(anchors, (engine) -> {
		});
	}

}
