package io.github.securegrpc.material.source;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.TestDer;
import io.github.securegrpc.material.MaterialLevel;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsMaterial;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.check.MaterialCheck;

import static io.github.securegrpc.CostlyKeys.encrypted;
import static io.github.securegrpc.CostlyKeys.pbes1;
import static io.github.securegrpc.CostlyKeys.pbes2;
import static io.github.securegrpc.CostlyKeys.scrypt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A file that asks for hours of work is refused before any of it is done.
 */
@Timeout(60)
class BoundedCostTests {

	private static final int MOST = Integer.MAX_VALUE;

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final X509Bundle leaf = TestCertificates.server(this.authority);

	@TempDir
	private Path directory = Path.of("");

	static Stream<Arguments> costlyKeys() {
		String key = encrypted(pbes2(MOST));
		return Stream.of(Arguments.of("PBES2", key),
				Arguments.of("PBES1", encrypted(pbes1("2a864886f70d010503", MOST))),
				Arguments.of("PKCS#12", encrypted(pbes1("2a864886f70d010c0103", MOST))),
				Arguments.of("eleven million", encrypted(pbes2(11_000_000))),
				Arguments.of("two spaces in the label", key.replace("ENCRYPTED PRIVATE", "ENCRYPTED  PRIVATE")),
				Arguments.of("inside another block",
						"-----BEGIN PRIVATE KEY-----\n" + key + "-----END PRIVATE KEY-----\n"),
				Arguments.of("inside another block in lower case",
						"-----BEGIN PRIVATE KEY-----\n" + key.toLowerCase(Locale.ROOT) + "-----END PRIVATE KEY-----\n"),
				Arguments.of("indefinite length", TestCertificates.block("ENCRYPTED PRIVATE KEY", indefinite())),
				Arguments.of("a number of a million digits", encrypted(pbes2(BigInteger.ONE.shiftLeft(100_000)))),
				Arguments.of("scrypt", encrypted(scrypt(1 << 24, 8, 1))),
				Arguments.of("scrypt that wraps around", encrypted(scrypt(1L << 32, 1L << 32, 1L << 32))));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("costlyKeys")
	void keyWhoseDerivationTakesALifetimeIsRefusedAtOnce(String kind, String key) {
		RefusedException refusal = refused(TestCertificates.pem(this.leaf.getCertificate()), key, null);
		assertThat(refusal).hasMessageContaining("tls.key (secure-grpc.server.key)")
			.message()
			.hasSizeLessThan(400)
			.matches("(?s).*(asks for|asks scrypt|cannot be decoded|is cut off|does not say in DER|at most).*");
		assertThat(refusal.action()).containsAnyOf("openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000",
				"openssl pkey -in " + this.directory.resolve("tls.key") + " -noout", "Write the whole file again");
	}

	@Test
	void refusalSaysWhatItAsksForAndHowToEncryptItAgain() {
		RefusedException refusal = refused(TestCertificates.pem(this.leaf.getCertificate()), encrypted(pbes2(MOST)),
				null);
		assertThat(refusal)
			.hasMessageContaining("asks for 2147483647 iterations of its key derivation (expected: 1 to 10000000)");
		assertThat(refusal.action()).contains("openssl pkcs8 -topk8 -v2 aes-256-cbc -iter 600000");
		assertThat(KeyFormatCheck.objections(encrypted(pbes2(MOST)), "FILE")).singleElement()
			.satisfies((objection) -> assertThat(objection).hasMessageContaining("FILE asks for 2147483647"));
	}

	@Test
	void manyCostlyKeysInOneFileAreRefused() {
		assertThat(
				refused(TestCertificates.pem(this.leaf.getCertificate()), encrypted(pbes2(10_000_000)).repeat(9), null))
			.hasMessageContaining("holds 9 private keys");
	}

	@Test
	void longChainIsRefusedBeforeItIsVerified() {
		assertThat(refused(TestCertificates.pem(this.leaf.getCertificate()).repeat(21),
				TestCertificates.pem(this.leaf.getKeyPair().getPrivate()), null))
			.hasMessageContaining("holds 21 certificates");
	}

	@Test
	void manyRevocationListsAreRefused() {
		assertThat(refused(TestCertificates.pem(this.leaf.getCertificate()),
				TestCertificates.pem(this.leaf.getKeyPair().getPrivate()),
				TestCrl.of(this.authority).pem().repeat(257)))
			.hasMessageContaining("holds more than 256 revocation lists");
	}

	@Test
	void issuerWithAKeyOfAHundredThousandBitsIsRefusedBeforeItVerifies() throws Exception {
		BigInteger prime = BigInteger.ONE.shiftLeft(400_000).subtract(BigInteger.ONE);
		byte[] key = KeyFactory.getInstance("DSA")
			.generatePublic(new DSAPublicKeySpec(prime.subtract(BigInteger.TEN), prime,
					BigInteger.ONE.shiftLeft(256).subtract(BigInteger.valueOf(189)), BigInteger.valueOf(3)))
			.getEncoded();
		KeyPair own = this.leaf.getKeyPair();
		String chain = TestCertificates.block("CERTIFICATE", certificate("leaf", own.getPublic().getEncoded()))
				+ TestCertificates.block("CERTIFICATE", certificate("issuer", key));
		assertThat(refused(chain, TestCertificates.pem(own.getPrivate()), null))
			.hasMessageContaining("tls.crt (secure-grpc.server.cert): CN=issuer has a key of")
			.hasMessageContaining("(expected: 4096 at most)");
	}

	@Test
	void rsaKeyWhosePrimesAreLongerThanItsModulusIsRefusedBeforeItSigns() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(2048);
		RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
		BigInteger big = BigInteger.ONE.shiftLeft(30_000).subtract(BigInteger.ONE);
		String costly = TestCertificates.pem(KeyFactory.getInstance("RSA")
			.generatePrivate(new RSAPrivateCrtKeySpec(key.getModulus(), key.getPublicExponent(),
					key.getPrivateExponent(), big, big, big, big, key.getCrtCoefficient())));
		assertThat(refused(TestCertificates.pem(this.leaf.getCertificate()), costly, null))
			.hasMessageContaining("longer than its modulus of 2048 bits");
	}

	@Test
	void sameBytesAreParsedAndDecryptedOnce() {
		TlsMaterialSource source = source(TestCertificates.pem(this.leaf.getCertificate()),
				TestCertificates.pem(this.leaf.getKeyPair().getPrivate()), null);
		TlsMaterial first = source.load();
		assertThat(source.load().identity()).isSameAs(first.identity());
		write(TestCertificates.pem(this.leaf.getCertificate()) + "\n",
				TestCertificates.pem(this.leaf.getKeyPair().getPrivate()), null);
		assertThat(source.load().identity()).isNotSameAs(first.identity());
		assertThat(source.load().fingerprint()).isEqualTo(first.fingerprint());
	}

	private RefusedException refused(String cert, String key, @Nullable String crl) {
		TlsMaterialSource source = source(cert, key, crl);
		MaterialCheck check = new MaterialCheck(MaterialCheck.Side.SERVER, Clock.systemUTC());
		CompletableFuture<RefusedException> refusal = CompletableFuture.supplyAsync(
				() -> catchThrowableOfType(RefusedException.class, () -> check.check(source.load(), source.origin())));
		assertThat(refusal).succeedsWithin(Duration.ofSeconds(10));
		return Objects.requireNonNull(refusal.join());
	}

	private TlsMaterialSource source(String cert, String key, @Nullable String crl) {
		write(cert, key, crl);
		MaterialLevel level = new MaterialLevel("secure-grpc.server", file("tls.crt"), file("tls.key"), "password",
				file("ca.crt"), null, (crl != null) ? file("ca.crl") : null, null);
		return Objects.requireNonNull(new MaterialSources(DefaultSslBundleRegistry::new).resolve(List.of(level), null));
	}

	private void write(String cert, String key, @Nullable String crl) {
		TestCertificates.write(Path.of(file("tls.crt")), cert);
		TestCertificates.write(Path.of(file("tls.key")), key);
		TestCertificates.write(Path.of(file("ca.crt")), TestCertificates.pem(this.authority.getCertificate()));
		TestCertificates.write(Path.of(file("ca.crl")), (crl != null) ? crl : "");
	}

	private String file(String name) {
		return this.directory.resolve(name).toString();
	}

	/* BER, which the JDK reads as well. */
	private static byte[] indefinite() {
		byte[] scheme = pbes2(MOST);
		byte[] content = TestDer.octets(64);
		byte[] whole = new byte[scheme.length + content.length + 4];
		whole[0] = 0x30;
		whole[1] = (byte) 0x80;
		System.arraycopy(scheme, 0, whole, 2, scheme.length);
		System.arraycopy(content, 0, whole, 2 + scheme.length, content.length);
		return whole;
	}

	/* Signed, it says, by the holder of a DSA key named CN=issuer. */
	private static byte[] certificate(String subject, byte[] key) {
		byte[] dsaWithSha256 = TestDer.sequence(TestDer.oid("608648016503040302"));
		byte[] tbs = TestDer.sequence(TestDer.value(0xA0, TestDer.integer(2)), TestDer.integer(7), dsaWithSha256,
				TestDer.name("issuer"), TestDer.sequence(TestDer.time("200101000000Z"), TestDer.time("490101000000Z")),
				TestDer.name(subject), key);
		return TestDer.sequence(tbs, dsaWithSha256,
				TestDer.bits(TestDer.sequence(TestDer.integer(5), TestDer.integer(6))));
	}

}
