package io.github.securegrpc.application;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;

import javax.security.auth.x500.X500Principal;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.CertificateBuilder.Algorithm;
import io.netty.pkitesting.X509Bundle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.server.ListeningServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What a start does with unusual keys and unusual applications, and what it prints.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).channel("it").ca("secure-grpc.client", this.authority);
	}

	@Test
	void rsaKeyOf1024BitsIsRefused() throws Exception {
		weak(1024, "SHA256withRSA");
		refuses("1024");
	}

	@Test
	void sha1SignatureIsRefused() throws Exception {
		weak(2048, "SHA1withRSA");
		refuses("SHA1");
	}

	@Test
	void ed25519IsServedByTheJdkUnderAuto() throws Exception {
		this.application.identity("secure-grpc.server",
				TestCertificates.issue((builder) -> builder.subject("CN=server")
					.algorithm(Algorithm.ed25519)
					.addSanDnsName("localhost")
					.addExtendedKeyUsageServerAuth(), this.authority));
		try (ConfigurableApplicationContext context = this.application.set("secure-grpc.provider", "auto").start()) {
			TlsProbe probe = new TlsProbe(TestCertificates.client(this.authority));
			assertThat(probe.connect(TestApplication.port(context)).getPublicKey().getAlgorithm()).isEqualTo("EdDSA");
		}
	}

	@Test
	void failureIsPrintedAsBootPrintsThem(CapturedOutput output) {
		assertThatThrownBy(this.application::start).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Description:")
			.contains("the gRPC server has no certificate (expected: secure-grpc.server.cert and key")
			.contains("Action:")
			.contains("Set secure-grpc.server.cert and secure-grpc.server.key");
	}

	@Test
	void lazyInitializationDoesNotPutTheGuardOff() {
		this.application.set("spring.main.lazy-initialization", true);
		refuses("the gRPC server has no certificate");
	}

	@Test
	void lazyInitializationDoesNotPutTheGuardOfChannelsOff() {
		this.application.set("spring.main.lazy-initialization", true)
			.identity("secure-grpc.server", TestCertificates.server(this.authority))
			.set("secure-grpc.client.channels.it.cert", "nowhere.crt")
			.set("secure-grpc.client.channels.it.key", "nowhere.key");
		refuses("nowhere.crt");
	}

	@Test
	void inProcessServerAndChannelAreLeftAlone() {
		this.application.onlyWithin("here").set("grpc.client.it.address", "in-process:here");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(TestApplication.call(context, "it")).isNotNull();
		}
	}

	/* It has no connection and no certificate: docs/authorize.md says so. */
	@Test
	void rulesAreNotForCallsWithinTheProcess() {
		this.application.onlyWithin("ruled")
			.set("grpc.client.it.address", "in-process:ruled")
			.set("secure-grpc.authorization.rules[0].methods", "a.B/C")
			.set("secure-grpc.authorization.rules[0].allow", "dns:nobody");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(TestApplication.call(context, "it")).isEqualTo(ServingStatus.SERVING);
		}
	}

	@Test
	void serverWithinTheProcessDoesNotHideTheOneThatListens() {
		this.application.identity("secure-grpc.server", TestCertificates.server(this.authority))
			.set("grpc.server.in-process-name", "beside");
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(context.getBean(ListeningServer.class).localAddress()).isNotNull()
				.extracting(InetSocketAddress::getPort)
				.isEqualTo(TestApplication.port(context));
		}
	}

	@Test
	void refusedHandshakesAreLoggedTenTimesInTenSecondsForAnAddress(CapturedOutput output) throws Exception {
		this.application.identity("secure-grpc.server", TestCertificates.server(this.authority))
			.ca("secure-grpc.server", this.authority);
		TlsProbe stranger = new TlsProbe(TestCertificates.client(TestCertificates.authority("stranger")));
		try (ConfigurableApplicationContext context = this.application.start()) {
			for (int i = 0; i < 25; i++) {
				assertThatThrownBy(() -> stranger.connect(TestApplication.port(context))).isNotNull();
			}
		}
		assertThat(output.getAll().split("Refused secure gRPC connection from 127.0.0.1", -1)).hasSizeBetween(2, 11);
		assertThat(output).contains("its issuer CN=stranger is not among the 1 trust anchors");
	}

	private void refuses(String reason) {
		assertThatThrownBy(this.application::start).rootCause().hasMessageContaining(reason);
	}

	private void weak(int bits, String signature) throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
		generator.initialize(bits);
		KeyPair pair = generator.generateKeyPair();
		Date now = Date.from(Clock.systemUTC().instant());
		JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Principal("CN=issuer"),
				BigInteger.TEN, now, Date.from(now.toInstant().plus(Duration.ofDays(1))), new X500Principal("CN=weak"),
				pair.getPublic());
		builder.addExtension(Extension.subjectAlternativeName, false,
				new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
		this.application
			.set("secure-grpc.server.cert",
					this.application.file("weak.crt",
							TestCertificates.pem(new JcaX509CertificateConverter().getCertificate(
									builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))))))
			.set("secure-grpc.server.key", this.application.file("weak.key", TestCertificates.pem(pair.getPrivate())));
	}

}
