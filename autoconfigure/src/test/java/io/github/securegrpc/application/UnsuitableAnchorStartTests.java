package io.github.securegrpc.application;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import io.github.securegrpc.OpensslFiles;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a start does with trust anchors that cannot be used beside good ones, and with a
 * chain that repeats itself.
 */
@EnabledIf("io.github.securegrpc.OpensslFiles#isThere")
@ExtendWith(OutputCaptureExtension.class)
class UnsuitableAnchorStartTests extends StartGuards {

	private static final String WEAK = "ca.crt (secure-grpc.client.ca): CN=old has an RSA key of 1024 bits";

	private OpensslFiles files = new OpensslFiles(this.directory);

	private String weak = "";

	@BeforeEach
	void makeWeakRoot() {
		this.files = new OpensslFiles(this.directory);
		this.files.run("req -x509 -newkey rsa:1024 -nodes -keyout old.key -out old.pem -days 2 -subj /CN=old");
		this.weak = this.files.text("old.pem");
	}

	@ParameterizedTest
	@ValueSource(strings = { "openssl", "jdk" })
	void weakRootIsLeftOutWithAWarning(String provider, CapturedOutput output) {
		calls("secure-grpc.provider=" + provider,
				"secure-grpc.client.ca=" + file("ca.crt", this.weak + TestCertificates.pem(this.ca.getCertificate())));
		assertThat(output).containsOnlyOnce(WEAK).contains("It is left out; trust anchors in use: 1");
	}

	@Test
	void weakRootIsLeftToTheJvmOnThePlatform(CapturedOutput output) {
		calls("secure-grpc.validation=platform",
				"secure-grpc.client.ca=" + file("ca.crt", this.weak + TestCertificates.pem(this.ca.getCertificate())));
		assertThat(output).doesNotContain("It is left out");
	}

	@Test
	void nothingButAWeakRootIsRefused() {
		refuses(WEAK.replace("client.ca", "server.ca"),
				with(pair(this.cert, this.key), "secure-grpc.server.ca=" + file("ca.crt", this.weak)));
	}

	@Test
	void rootThatTheJvmDoesNotDecodeIsLeftOutWithAWarning(CapturedOutput output) {
		this.files.run("ecparam -name prime256v1 -param_enc explicit -genkey -noout -out e.key");
		this.files.run("req -x509 -new -key e.key -subj /CN=explicit -days 2 -out e.crt");
		calls("secure-grpc.client.ca="
				+ file("ca.crt", TestCertificates.pem(this.ca.getCertificate()) + this.files.text("e.crt")));
		assertThat(output).contains("certificate 2 in ")
			.contains("Only named ECParameters supported")
			.contains("It is left out; trust anchors in use: 1");
	}

	@Test
	void rootThatIsDamagedIsRefused() {
		String damaged = this.weak.substring(0, 200) + "!" + this.weak.substring(201);
		refuses("is not base64", with(pair(this.cert, this.key),
				"secure-grpc.server.ca=" + file("ca.crt", TestCertificates.pem(this.ca.getCertificate()) + damaged)));
	}

	@Test
	void weakRootInABundleIsLeftOutWithOneWarning(CapturedOutput output) throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("ca", this.ca.getCertificate());
		store.setCertificateEntry("old", TestCertificates.certificate(this.weak));
		try (OutputStream out = Files.newOutputStream(this.directory.resolve("trust.p12"))) {
			store.store(out, "changeit".toCharArray());
		}
		calls("spring.ssl.bundle.jks.b.truststore.location=" + this.directory.resolve("trust.p12"),
				"spring.ssl.bundle.jks.b.truststore.password=changeit",
				"spring.ssl.bundle.jks.b.truststore.type=PKCS12", "secure-grpc.client.bundle=b");
		assertThat(output).containsOnlyOnce("CN=old has an RSA key of 1024 bits");
	}

	@Test
	void certificateThatStandsTwiceInAChainIsPassedOver() {
		X509Bundle intermediate = TestCertificates
			.issue((builder) -> builder.subject("CN=intermediate").setIsCertificateAuthority(true), this.ca);
		X509Bundle leaf = TestCertificates.issue((builder) -> builder.subject("CN=leaf")
			.addSanDnsName("localhost")
			.algorithm(CertificateBuilder.Algorithm.ecp256), intermediate);
		X509Certificate[] chain = { leaf.getCertificate(), leaf.getCertificate(), intermediate.getCertificate(),
				intermediate.getCertificate(), this.ca.getCertificate(), intermediate.getCertificate() };
		this.cert = file("twice.crt", TestCertificates.pem(chain));
		this.key = file("twice.key", TestCertificates.pem(leaf.getKeyPair().getPrivate()));
		calls("secure-grpc.client.ca=" + file("ca.crt", TestCertificates.pem(this.ca.getCertificate())));
	}

	private void calls(String... properties) {
		int port = TestSocketUtils.findAvailableTcpPort();
		try (ConfigurableApplicationContext context = TestApplication
			.start(with(with(pair(this.cert, this.key), properties), "grpc.server.port=" + port,
					"grpc.client.self.address=static://localhost:" + port))) {
			assertThat(TestApplication.call(context, "self")).isEqualTo(ServingStatus.SERVING);
		}
	}

}
