package io.github.securegrpc.validation;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.RawNames;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.ValidationMode;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What the JVM's PKIX alone accepts, and we do not: each path is accepted by
 * {@code validation: platform}.
 */
class PathRulesTests {

	private static final String NAME = "a.example.com";

	private final Instant now = Clock.systemUTC().instant();

	@Test
	void nameThatTheTrustAnchorMayNotGive() {
		X509Bundle root = authority(new RawNames().dns("example.com")::permitted);
		accepted(root, client("a.example.com", root));
		refused("has a name that its issuer CN=ca may not give", root, client("a.example.org", root));
		X509Bundle intermediate = below(root, UnaryOperator.identity());
		accepted(root, client("a.example.com", intermediate), intermediate);
		refused("has a name that its issuer CN=ca may not give", root, client("a.example.org", intermediate),
				intermediate);
	}

	@Test
	void nameThatTheTrustAnchorExcludes() {
		X509Bundle root = authority(new RawNames().dns("secret.example.com")::excluded);
		accepted(root, client(NAME, root));
		refused("may not give", root, client("secret.example.com", root));
		refused("may not give", root, client("a.SECRET.example.com", root));
	}

	@Test
	void wildcardThatReachesAnExcludedName() {
		X509Bundle root = authority(new RawNames().dns("Secret.example.com").dns("b.a.example.com")::excluded);
		refused("may not give", root, client("*.example.com", root));
		accepted(root, client("*.a.example.org", root));
		accepted(root, client("*.b.example.com", root));
		X509Bundle plain = authority(UnaryOperator.identity());
		X509Bundle intermediate = below(plain, new RawNames().dns("secret.example.com")::excluded);
		refused("its issuer CN=intermediate may not give", plain, client("*.example.com", intermediate), intermediate);
	}

	@Test
	void authorityForOtherPurposes() {
		X509Bundle root = authority(UnaryOperator.identity());
		X509Bundle servers = below(root, CertificateBuilder::addExtendedKeyUsageServerAuth);
		X509Bundle clients = below(root, CertificateBuilder::addExtendedKeyUsageClientAuth);
		accepted(root, client(NAME, clients), clients);
		refused("its issuer CN=intermediate may not issue certificates for clients", root, client(NAME, servers),
				servers);
		X509Bundle anchor = authority(CertificateBuilder::addExtendedKeyUsageServerAuth);
		refused("its issuer CN=ca may not issue certificates for clients", anchor, client(NAME, anchor));
	}

	@Test
	void expiredTrustAnchor() {
		X509Bundle root = authority((builder) -> builder.notAfter(this.now.minus(Duration.ofMinutes(1))));
		refused("the trust anchor CN=ca of the test is expired or not yet valid", root, client(NAME, root));
	}

	@Test
	void weakKeys() throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(1024);
		KeyPair weak = generator.generateKeyPair();
		X509Bundle strongRoot = authority(UnaryOperator.identity());
		refused("CN=client has an RSA key of 1024 bits", strongRoot, TestCertificates.issue(
				(builder) -> builder.subject("CN=client").addSanDnsName(NAME).publicKey(weak.getPublic()), strongRoot));
		X509Bundle weakRoot = bundle(authority((builder) -> builder.publicKey(weak.getPublic()), strongRoot), weak);
		refused("CN=ca has an RSA key of 1024 bits", weakRoot, client(NAME, weakRoot));
	}

	@Test
	void weakSignature() throws Exception {
		X509Bundle root = authority(UnaryOperator.identity());
		refused("CN=client has a SHA1withECDSA signature", root, signed(root, "SHA1withECDSA"));
		X509Bundle rsa = authority((builder) -> builder.algorithm(CertificateBuilder.Algorithm.rsa2048));
		refused("CN=client has a RSASSA-PSS signature", rsa, signed(rsa, "SHA1withRSAandMGF1"));
		accepted(rsa, signed(rsa, "SHA256withRSAandMGF1"));
	}

	@Test
	void leafThatIsAnAuthority() {
		X509Bundle root = authority(UnaryOperator.identity());
		refused("it is a CA certificate", root, TestCertificates.issue(
				(builder) -> builder.subject("CN=client").addSanDnsName(NAME).setIsCertificateAuthority(true), root));
	}

	@Test
	void anotherTrustAnchorOfThatNameAndKeyMayVouch() throws CertificateException {
		X509Bundle narrow = authority(new RawNames().dns("example.org")::permitted);
		X509Bundle wide = authority((builder) -> builder.publicKey(narrow.getKeyPair().getPublic()),
				authority(UnaryOperator.identity()));
		X509Bundle client = client(NAME, narrow);
		refused("may not give", narrow, client);
		trustManager(ValidationMode.STRICT, narrow, wide)
			.checkClientTrusted(new X509Certificate[] { client.getCertificate() }, "UNKNOWN");
	}

	private static X509Bundle authority(UnaryOperator<CertificateBuilder> customizer) {
		return TestCertificates
			.issue((builder) -> customizer.apply(builder.subject("CN=ca").setIsCertificateAuthority(true)), null);
	}

	private static X509Bundle authority(UnaryOperator<CertificateBuilder> customizer, X509Bundle issuer) {
		return TestCertificates
			.issue((builder) -> customizer.apply(builder.subject("CN=ca").setIsCertificateAuthority(true)), issuer);
	}

	private static X509Bundle bundle(X509Bundle publicPart, KeyPair keys) {
		return X509Bundle.fromCertificatePath(publicPart.getCertificatePath(), publicPart.getRootCertificate(), keys);
	}

	private static X509Bundle signed(X509Bundle root, String algorithm) throws Exception {
		X509Bundle model = client(NAME, root);
		X509Certificate leaf = model.getCertificate();
		X509CertificateHolder holder = new JcaX509v3CertificateBuilder(root.getCertificate(), leaf.getSerialNumber(),
				leaf.getNotBefore(), leaf.getNotAfter(), leaf.getSubjectX500Principal(), leaf.getPublicKey())
			.build(new JcaContentSignerBuilder(algorithm).setProvider(new BouncyCastleProvider())
				.build(root.getKeyPair().getPrivate()));
		return X509Bundle.fromCertificatePath(
				new X509Certificate[] { new JcaX509CertificateConverter().getCertificate(holder) },
				root.getCertificate(), model.getKeyPair());
	}

	private static X509Bundle below(X509Bundle issuer, UnaryOperator<CertificateBuilder> customizer) {
		return TestCertificates.issue(
				(builder) -> customizer.apply(builder.subject("CN=intermediate").setIsCertificateAuthority(true)),
				issuer);
	}

	private static X509Bundle client(String name, X509Bundle issuer) {
		return TestCertificates.issue(
				(builder) -> new RawNames().dns(name).of(builder.subject("CN=client").addExtendedKeyUsageClientAuth()),
				issuer);
	}

	private static void accepted(X509Bundle root, X509Bundle... chain) {
		assertThatNoException().isThrownBy(() -> judge(ValidationMode.STRICT, root, chain));
	}

	private static void refused(String reason, X509Bundle root, X509Bundle... chain) {
		assertThatNoException().as("the platform alone").isThrownBy(() -> judge(ValidationMode.PLATFORM, root, chain));
		assertThatExceptionOfType(PeerRefusedException.class)
			.isThrownBy(() -> judge(ValidationMode.STRICT, root, chain))
			.withMessageContaining(reason);
	}

	private static void judge(ValidationMode mode, X509Bundle root, X509Bundle... chain) throws CertificateException {
		trustManager(mode, root).checkClientTrusted(
				Arrays.stream(chain).map(X509Bundle::getCertificate).toArray(X509Certificate[]::new), "UNKNOWN");
	}

	private static PeerTrustManager trustManager(ValidationMode mode, X509Bundle... roots) {
		List<X509Certificate> anchors = Arrays.stream(roots).map(X509Bundle::getCertificate).toList();
		return new PeerTrustManager(new AnchorSet(anchors, "the test", null),
				new TrustRules(mode, Set.of(), Clock.systemUTC()), (engine) -> {
				});
	}

}
