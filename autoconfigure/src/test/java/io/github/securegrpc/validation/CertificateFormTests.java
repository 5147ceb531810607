package io.github.securegrpc.validation;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.RawNames;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.ValidationMode;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Certificates as no private PKI needs them. {@code validation: platform} accepts each.
 */
class CertificateFormTests {

	private static final String NAME_CONSTRAINTS = "2.5.29.30";

	private static final String POLICY_CONSTRAINTS = "2.5.29.36";

	private static final String AUTHORITY_INFORMATION = "1.3.6.1.5.5.7.1.1";

	private static final byte[] SUBTREES = bytes(0x30, 0x08, 0xA0, 0x06, 0x30, 0x04, 0x82, 0x02, 'a', 'b');

	private final X509Bundle root = authority(UnaryOperator.identity(), null);

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "0 | the serial number 0", "-1 | the serial number -1",
			"1461501637330902918203684832716283019655932542976 | a serial number of more than 20 bytes" })
	void serialNumberThatIsNone(BigInteger serial, String reason) {
		refused("CN=client has " + reason, this.root, client((builder) -> builder.serial(serial), this.root));
		X509Bundle between = authority((builder) -> builder.subject("CN=between").serial(serial), this.root);
		refused("CN=between has " + reason, this.root, client(UnaryOperator.identity(), between), between);
	}

	@Test
	void longestSerialNumberAndOldTrustAnchorAreWelcome() {
		BigInteger longest = BigInteger.ONE.shiftLeft(159).subtract(BigInteger.ONE);
		accepted(this.root, client((builder) -> builder.serial(longest), this.root));
		X509Bundle old = authority((builder) -> builder.serial(BigInteger.ZERO), null);
		accepted(old, client(UnaryOperator.identity(), old));
	}

	@Test
	void keyOfAnOddSize() throws Exception {
		KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
		rsa.initialize(2049);
		refused("CN=client has an RSA key of 2049 bits", this.root,
				client((builder) -> builder.publicKey(rsa.generateKeyPair().getPublic()), this.root));
	}

	@Test
	void usageOfAnyKind() {
		refused("CN=client has the extended key usage any", this.root,
				client((builder) -> builder.addExtendedKeyUsage("2.5.29.37.0"), this.root));
		X509Bundle between = authority((builder) -> builder.subject("CN=between").addExtendedKeyUsage("2.5.29.37.0"),
				this.root);
		refused("CN=between has the extended key usage any", this.root, client(UnaryOperator.identity(), between),
				between);
	}

	@Test
	void nameConstraintsWhereTheyDoNotBelong() {
		refused("CN=client has name constraints, though it is no CA", this.root,
				client((builder) -> builder.addExtensionOctetString(NAME_CONSTRAINTS, true, SUBTREES), this.root));
	}

	@Test
	void constraintsThatMayBePassedOver() {
		X509Bundle names = authority((builder) -> builder.subject("CN=between")
			.addExtensionOctetString(NAME_CONSTRAINTS, false, constraints("example.com")), this.root);
		refused("CN=between has name constraints that are not critical", this.root,
				client(UnaryOperator.identity(), names), names);
		X509Bundle policies = authority(
				(builder) -> builder.subject("CN=between")
					.addExtensionOctetString(POLICY_CONSTRAINTS, false, bytes(0x30, 0x03, 0x80, 0x01, 0x05)),
				this.root);
		refused("CN=between has policy constraints that are not critical", this.root,
				client(UnaryOperator.identity(), policies), policies);
		X509Bundle anchor = authority(
				(builder) -> builder.addExtensionOctetString(NAME_CONSTRAINTS, false, constraints("example.com")),
				null);
		refused("CN=ca has name constraints that are not critical", anchor, client(UnaryOperator.identity(), anchor));
	}

	@Test
	void constraintsThatNameNothing() {
		X509Bundle anchor = authority(
				(builder) -> builder.addExtensionOctetString(NAME_CONSTRAINTS, true, bytes(0x30, 0x00)), null);
		refused("CN=ca has name constraints that name nothing", anchor, client(UnaryOperator.identity(), anchor));
	}

	@Test
	void trustAnchorThatAsksForWhatNobodyKnows() {
		X509Bundle anchor = authority(
				(builder) -> builder.addExtensionOctetString("1.2.3.4.5", true, bytes(0x05, 0x00)), null);
		refused("CN=ca has a critical extension that is not known", anchor, client(UnaryOperator.identity(), anchor));
	}

	@ParameterizedTest
	@ValueSource(strings = { "3000", "0500", "30023000", "300830060601298201", "3005300306012A" })
	void authorityInformationThatIsMalformed(String der) {
		byte[] value = new BigInteger(der, 16).toByteArray();
		refused("CN=client has an authority information access that is malformed", this.root,
				client((builder) -> builder.addExtensionOctetString(AUTHORITY_INFORMATION, false, value), this.root));
	}

	@Test
	void authorityInformationIsWelcome() {
		byte[] value = bytes(0x30, 0x0F, 0x30, 0x0D, 0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x86,
				0x01, 'a');
		accepted(this.root,
				client((builder) -> builder.addExtensionOctetString(AUTHORITY_INFORMATION, false, value), this.root));
	}

	private static byte[] constraints(String name) {
		byte[] constraints = new byte[8 + name.length()];
		byte[] head = bytes(0x30, name.length() + 6, 0xA0, name.length() + 4, 0x30, name.length() + 2, 0x82,
				name.length());
		System.arraycopy(head, 0, constraints, 0, head.length);
		System.arraycopy(name.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, constraints, head.length,
				name.length());
		return constraints;
	}

	private static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		for (int i = 0; i < values.length; i++) {
			bytes[i] = (byte) values[i];
		}
		return bytes;
	}

	private static X509Bundle authority(UnaryOperator<CertificateBuilder> customizer,
			@org.jspecify.annotations.Nullable X509Bundle issuer) {
		return TestCertificates
			.issue((builder) -> customizer.apply(builder.subject("CN=ca").setIsCertificateAuthority(true)), issuer);
	}

	private static X509Bundle client(UnaryOperator<CertificateBuilder> customizer, X509Bundle issuer) {
		return TestCertificates.issue((builder) -> new RawNames().dns("a.example.com")
			.of(customizer.apply(builder.subject("CN=client").addExtendedKeyUsageClientAuth())), issuer);
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
		new PeerTrustManager(new AnchorSet(List.of(root.getCertificate()), "the test", null),
				new TrustRules(mode, Set.of(), Clock.systemUTC()), (engine) -> {
				})
			.checkClientTrusted(Arrays.stream(chain).map(X509Bundle::getCertificate).toArray(X509Certificate[]::new),
					"UNKNOWN");
	}

}
