package io.github.securegrpc.application;

import java.security.KeyStore;
import java.security.cert.X509Certificate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.OpensslFiles;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a start does with keys that one of the providers, or both, cannot sign with.
 */
@EnabledIf("io.github.securegrpc.OpensslFiles#isThere")
class KeyTypeStartTests extends StartGuards {

	private static final String RSA_PSS = "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048";

	private static final String PSS = RSA_PSS + " -out k.key";

	private static final String PSS_SHA256 = RSA_PSS + " -pkeyopt rsa_pss_keygen_md:sha256"
			+ " -pkeyopt rsa_pss_keygen_mgf1_md:sha256 -pkeyopt rsa_pss_keygen_saltlen:32 -out k.key";

	private static final String P521 = "ecparam -name secp521r1 -genkey -noout -out k.key";

	private OpensslFiles files = new OpensslFiles(this.directory);

	@BeforeEach
	void useDirectory() {
		this.files = new OpensslFiles(this.directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { P521, PSS, PSS_SHA256, "genpkey -algorithm ed25519 -out k.key",
			"genpkey -algorithm ed448 -out k.key" })
	void keyThatTheJdkAloneCanUseIsServedByIt(String command) throws Exception {
		this.files.run(command);
		this.files.selfSign("k.key", "k.crt");
		for (String provider : new String[] { "auto", "jdk" }) {
			try (ConfigurableApplicationContext context = TestApplication
				.start(with(this.files.server("k.crt", "k.key"), "secure-grpc.provider=" + provider))) {
				X509Certificate served = new TlsProbe(TestCertificates.client(this.ca))
					.connect(TestApplication.port(context));
				assertThat(TestCertificates.pem(served)).isEqualToNormalizingNewlines(onlyBlock("k.crt"));
			}
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ecparam -name secp521r1 -genkey -noout -out k.key | EC P-521
			genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out k.key | RSASSA-PSS
			genpkey -algorithm ed448 -out k.key | Ed448
			""")
	void opensslAskedForByNameIsRefusedWithTheKeyAndTheProviderThatCan(String command, String type) {
		this.files.run(command);
		this.files.selfSign("k.key", "k.crt");
		refuses("does no TLS with a key of type %s (expected: RSA, EC P-256 or EC P-384; the jdk provider also does"
			.formatted(type), with(this.files.server("k.crt", "k.key"), "secure-grpc.provider=openssl"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ecparam -name secp256k1 -genkey -noout -out k.key | EC secp256k1
			ecparam -name brainpoolP256r1 -genkey -out k.key | EC brainpoolP256r1
			genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp224r1 -out k.key | EC P-224
			genpkey -algorithm EC -pkeyopt ec_paramgen_curve:sect283k1 -out k.key | EC 1.3.132.0.16
			""")
	void keyThatNoProviderCanUseIsNamedAndNeverSaidNotToBelong(String command, String type) {
		this.files.run(command);
		this.files.selfSign("k.key", "k.crt");
		for (String provider : new String[] { "auto", "jdk", "openssl" }) {
			refuses("has a key of type %s, with which no TLS provider here can sign".formatted(type),
					with(this.files.server("k.crt", "k.key"), "secure-grpc.provider=" + provider));
		}
	}

	@Test
	void dsaKeyIsNamed() {
		this.files.run("dsaparam -out p.pem 2048");
		this.files.run("gendsa -out k.key p.pem");
		this.files.selfSign("k.key", "k.crt");
		refuses("has a key of type DSA", this.files.server("k.crt", "k.key"));
	}

	@Test
	void keyThatNoProviderCanUseInABundleIsNamed() {
		this.files.run("ecparam -name secp256k1 -genkey -noout -out k.key");
		this.files.selfSign("k.key", "k.crt");
		this.files.run("pkcs12 -export -inkey k.key -in k.crt -out k.p12 -passout pass:changeit");
		refuses("has a key of type EC secp256k1", bundle());
	}

	@Test
	void pssKeyInABundleIsServed() throws Exception {
		this.files.run(PSS);
		this.files.selfSign("k.key", "k.crt");
		this.files.run("pkcs12 -export -inkey k.key -in k.crt -out k.p12 -passout pass:changeit");
		assertThat(KeyStore.getInstance(this.files.path("k.p12").toFile(), "changeit".toCharArray()).size()).isOne();
		TestApplication.start(bundle()).close();
	}

	@ParameterizedTest
	@ValueSource(strings = { PSS, P521, "genpkey -algorithm ed25519 -out k.key" })
	void otherKeyOfTheSameTypeDoesNotBelong(String command) {
		this.files.run(command.replace("k.key", "other.key"));
		this.files.run(command);
		this.files.selfSign("k.key", "k.crt");
		refuses("does not belong to the leaf", this.files.server("k.crt", "other.key"));
	}

	@Test
	void keyOfAnotherTypeDoesNotBelong() {
		this.files.run("ecparam -name secp256k1 -genkey -noout -out other.key");
		refuses("does not belong to the leaf", pair(this.cert, this.files.path("other.key").toString()));
	}

	private String[] bundle() {
		return new String[] { "spring.ssl.bundle.jks.b.keystore.location=" + this.files.path("k.p12"),
				"spring.ssl.bundle.jks.b.keystore.password=changeit", "spring.ssl.bundle.jks.b.keystore.type=PKCS12",
				"secure-grpc.server.bundle=b" };
	}

	private String onlyBlock(String name) {
		String text = this.files.text(name);
		return text.substring(text.indexOf("-----BEGIN"));
	}

}
