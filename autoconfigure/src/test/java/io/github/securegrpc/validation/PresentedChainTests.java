package io.github.securegrpc.validation;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.AdditionalAnswers;
import org.mockito.Mockito;

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
 * What a peer can make us do before it is known, whether our other rules are on or not.
 */
@ParameterizedClass
@EnumSource(ValidationMode.class)
class PresentedChainTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle INTERMEDIATE = intermediate("intermediate", CA);

	private static final X509Certificate CLIENT = TestCertificates.client(CA).getCertificate();

	private static final X509Certificate FAR = TestCertificates.client(INTERMEDIATE).getCertificate();

	private final ValidationMode mode;

	private @Nullable RevocationLists lists;

	private final List<X509Certificate> anchors = new ArrayList<>(List.of(CA.getCertificate()));

	PresentedChainTests(ValidationMode mode) {
		this.mode = mode;
	}

	@Test
	void strangersChainCostsNoSignature() throws GeneralSecurityException {
		X509Bundle issuer = TestCertificates.authority("stranger");
		List<X509Certificate> chain = new ArrayList<>(List.of(issuer.getCertificate()));
		for (int i = 0; i < 8; i++) {
			issuer = selfMade("intermediate " + i, issuer);
			chain.add(0, issuer.getCertificate());
		}
		chain.add(0, TestCertificates.client(issuer).getCertificate());
		assertThat(signatures(chain)).isZero();
	}

	@Test
	void strangersChainInTheNameOfATrustAnchorCostsTwo() throws GeneralSecurityException {
		X509Bundle namesake = TestCertificates.authority("ca");
		List<X509Certificate> chain = new ArrayList<>();
		for (int i = 0; i < 9; i++) {
			chain.add(intermediate("intermediate", namesake).getCertificate());
		}
		chain.add(0, TestCertificates.client(intermediate("intermediate", namesake)).getCertificate());
		assertThat(signatures(chain)).isEqualTo(2);
	}

	@Test
	void strangersChainOfAuthoritiesThatIssueEachOtherCostsTwo() throws GeneralSecurityException {
		List<X509Certificate> chain = new ArrayList<>();
		X509Bundle issuer = TestCertificates.authority("ca");
		for (int i = 0; i < 9; i++) {
			issuer = selfMade("ca", issuer);
			chain.add(issuer.getCertificate());
		}
		chain.add(0, TestCertificates.client(issuer).getCertificate());
		assertThat(signatures(chain)).isEqualTo(2);
	}

	@Test
	void strangersChainBelowAStolenIntermediateCostsThree() throws GeneralSecurityException {
		X509Bundle namesake = intermediate("intermediate", TestCertificates.authority("x"));
		List<X509Certificate> chain = new ArrayList<>();
		chain.add(TestCertificates.client(namesake).getCertificate());
		chain.add(INTERMEDIATE.getCertificate());
		for (int i = 0; i < 8; i++) {
			chain.add(intermediate("intermediate", namesake).getCertificate());
		}
		assertThat(signatures(chain)).isEqualTo(3);
	}

	@Test
	void moreThanTenCertificates() {
		X509Certificate[] chain = new X509Certificate[11];
		Arrays.fill(chain, CLIENT);
		refused("11 certificates are presented with it (expected: at most 10)", chain);
		accepted(Arrays.copyOf(chain, 10));
	}

	@Test
	void moreBytesThanAHandshakeMessageHas() {
		X509Certificate large = TestCertificates
			.issue((builder) -> builder.subject("CN=x").addExtensionOctetString("1.2.3", false, new byte[31 * 1024]),
					CA)
			.getCertificate();
		accepted(CLIENT, large);
		refused("bytes of certificates are presented with it (expected: at most 32768)", CLIENT, large, FAR, FAR, FAR,
				FAR);
	}

	@Test
	void authorityThatWasGivenNewKeysUnderItsNameIsFoundAmongAll() {
		List<X509Bundle> all = Stream.generate(() -> intermediate("issuing", CA)).limit(4).toList();
		for (X509Bundle issuer : all) {
			List<X509Certificate> chain = new ArrayList<>(all.stream().map(X509Bundle::getCertificate).toList());
			chain.add(0, TestCertificates.client(issuer).getCertificate());
			accepted(chain.toArray(X509Certificate[]::new));
		}
	}

	@Test
	void keysAndNamesThatCostMoreThanAnyNeeds() throws Exception {
		refused("has a name of", intermediate("x".repeat(2_100), CA).getCertificate());
		refused("CN=client has an RSA key of 8193 bits", withKey(BigInteger.ONE.shiftLeft(8192), BigInteger.TEN));
		refused("CN=client has an RSA key with a public exponent of 3001 bits",
				withKey(BigInteger.ONE.shiftLeft(3071).setBit(0), BigInteger.ONE.shiftLeft(3000).setBit(0)));
		accepted(withKey(BigInteger.ONE.shiftLeft(8191).setBit(0), BigInteger.valueOf(65537)));
		KeyPairGenerator generator = KeyPairGenerator.getInstance("DSA");
		generator.initialize(2048);
		refused("CN=client has a DSA key", withKey(generator.generateKeyPair().getPublic()));
	}

	@Test
	void whatElseIsPresentedDoesNoHarm() {
		X509Certificate namesake = intermediate("intermediate", TestCertificates.authority("ca")).getCertificate();
		accepted(CLIENT, FAR, namesake, CA.getCertificate());
		accepted(FAR, namesake, INTERMEDIATE.getCertificate());
		accepted(FAR, TestCertificates.authority("x").getCertificate(), CA.getCertificate(), CLIENT,
				INTERMEDIATE.getCertificate());
		refusedAs(Reason.UNKNOWN_AUTHORITY, "its issuer CN=intermediate is not among the 1 trust anchors", FAR, CLIENT,
				CA.getCertificate());
	}

	@Test
	void trustAnchorsMayShareAName() {
		for (int i = 0; i < 5; i++) {
			this.anchors.add(0, TestCertificates.authority("ca").getCertificate());
		}
		accepted(FAR, INTERMEDIATE.getCertificate());
	}

	@Test
	void intermediateOfTwoAuthorities() {
		X509Bundle other = TestCertificates.authority("other");
		X509Certificate crossed = TestCertificates
			.issue((builder) -> builder.subject("CN=intermediate")
				.setIsCertificateAuthority(true)
				.publicKey(INTERMEDIATE.getKeyPair().getPublic()), other)
			.getCertificate();
		accepted(FAR, crossed, INTERMEDIATE.getCertificate());
		this.anchors.set(0, other.getCertificate());
		accepted(FAR, INTERMEDIATE.getCertificate(), crossed);
		refusedAs(Reason.UNKNOWN_AUTHORITY, "its issuer CN=ca is not among", FAR, INTERMEDIATE.getCertificate());
	}

	@Test
	void intermediateMayBeTheTrustAnchor() {
		this.anchors.set(0, INTERMEDIATE.getCertificate());
		accepted(FAR);
		accepted(FAR, INTERMEDIATE.getCertificate(), CA.getCertificate());
	}

	private static X509Bundle intermediate(String name, X509Bundle issuer) {
		return TestCertificates.issue((builder) -> builder.subject("CN=" + name).setIsCertificateAuthority(true),
				issuer);
	}

	private static X509Bundle selfMade(String name, X509Bundle issuer) {
		return TestCertificates.issue(
				(builder) -> builder.algorithm(Algorithm.ecp384).subject("CN=" + name).setIsCertificateAuthority(true),
				issuer);
	}

	private static X509Certificate withKey(BigInteger modulus, BigInteger exponent) throws Exception {
		return withKey(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
	}

	private static X509Certificate withKey(PublicKey key) {
		return TestCertificates
			.issue((builder) -> builder.subject("CN=client").addSanDnsName("client").publicKey(key), CA)
			.getCertificate();
	}

	/* Returns how many signatures are verified until a chain is refused. */
	private long signatures(List<X509Certificate> chain) throws GeneralSecurityException {
		// whose refusals were searched for among all that is presented
		this.lists = new RevocationLists(List.of((X509CRL) CertificateFactory.getInstance("X.509")
			.generateCRL(new ByteArrayInputStream(TestCrl.of(CA).der()))), CrlPolicy.LENIENT);
		X509Certificate[] counted = chain.stream()
			.map((certificate) -> Mockito.mock(X509Certificate.class, AdditionalAnswers.delegatesTo(certificate)))
			.toArray(X509Certificate[]::new);
		refusedAs(Reason.UNKNOWN_AUTHORITY, "is not among the 1 trust anchors", counted);
		return Stream.of(counted)
			.flatMap((certificate) -> Mockito.mockingDetails(certificate).getInvocations().stream())
			.filter((invocation) -> invocation.getMethod().getName().equals("verify"))
			.count();
	}

	private void accepted(X509Certificate... chain) {
		assertThatNoException().isThrownBy(() -> judge(chain));
	}

	private void refused(String text, X509Certificate... chain) {
		refusedAs(Reason.RULE, text, chain);
	}

	private void refusedAs(Reason reason, String text, X509Certificate... chain) {
		assertThatExceptionOfType(PeerRefusedException.class).isThrownBy(() -> judge(chain))
			.withMessageContaining(text)
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(reason));
	}

	private void judge(X509Certificate... chain) throws CertificateException {
		AnchorSet trusted = new AnchorSet(this.anchors, "the test", this.lists);
		new TrustRules(this.mode, Set.of(), Clock.systemUTC()).trustManager(trusted, (engine) -> {
		}).checkClientTrusted(chain, "EC");
	}

}
