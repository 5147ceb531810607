package io.github.securegrpc.application;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;

import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whom a channel believes where pins, pinned leaves and the JVM's roots meet.
 */
class ChannelTrustTests {

	private static final String PINS = "secure-grpc.client.channels.it.pins";

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final X509Bundle stranger = TestCertificates.authority("stranger");

	private final X509Bundle server = TestCertificates.server(this.authority);

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).identity("secure-grpc.server", this.server)
			.ca("secure-grpc.client", this.authority)
			.channel("it");
	}

	@Test
	void pinOfACertificateThatTheServerOnlyAppendsIsRefused() {
		X509Bundle cross = TestCertificates.issue((builder) -> builder.subject("CN=ca")
			.keyPair(this.authority.getKeyPair())
			.setIsCertificateAuthority(true), this.stranger);
		this.application.set("secure-grpc.server.cert", this.application.file("chain.crt", TestCertificates
			.pem(this.server.getCertificate(), cross.getCertificate(), this.stranger.getCertificate())));
		this.application.set(PINS, pin(this.stranger.getCertificate()));
		refuses("is among the pins of the channel");
	}

	@Test
	void leafThatIsTheTrustAnchorMustBePinnedToo() {
		this.application.ca("secure-grpc.client", this.server).set(PINS, pin(this.authority.getCertificate()));
		refuses("not among the pins of the channel");
		this.application.set(PINS, pin(this.server.getCertificate()));
		accepts();
	}

	@Test
	void pinHoldsUnderPlatformValidationToo() {
		this.application.set("secure-grpc.validation", "platform").set(PINS, pin(this.stranger.getCertificate()));
		refuses("pins of the channel");
		this.application.set(PINS, pin(this.authority.getCertificate()));
		accepts();
	}

	@Test
	void pinnedLeafOfAnUnknownCaMustBearTheName() {
		X509Bundle elsewhere = TestCertificates
			.issue((builder) -> builder.subject("CN=localhost").addSanDnsName("elsewhere"), this.stranger);
		this.application.identity("secure-grpc.server", elsewhere).ca("secure-grpc.client", elsewhere);
		refuses("elsewhere");
		X509Bundle here = TestCertificates.server(this.stranger);
		this.application.identity("secure-grpc.server", here).ca("secure-grpc.client", here);
		accepts();
	}

	@Test
	void channelWithoutCaTrustsTheJvmsRootsAndNotTheServersCa(@TempDir Path directory) throws Exception {
		KeyStore roots = KeyStore.getInstance("PKCS12");
		roots.load(null, null);
		roots.setCertificateEntry("root", this.stranger.getCertificate());
		Path file = directory.resolve("roots.p12");
		try (OutputStream out = Files.newOutputStream(file)) {
			roots.store(out, "changeit".toCharArray());
		}
		this.application = new Application(directory).channel("it")
			.identity("secure-grpc.server", this.server)
			.ca("secure-grpc.server", this.authority)
			.set("secure-grpc.server.client-auth", "none");
		System.setProperty("javax.net.ssl.trustStore", file.toString());
		System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
		try {
			refuses("the JVM's roots");
			this.application.identity("secure-grpc.server", TestCertificates.server(this.stranger));
			accepts();
		}
		finally {
			System.clearProperty("javax.net.ssl.trustStore");
			System.clearProperty("javax.net.ssl.trustStorePassword");
		}
	}

	private void refuses(String reason) {
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> TestApplication.call(context, "it"))
				.havingCause()
				.withStackTraceContaining(reason);
		}
	}

	private void accepts() {
		try (ConfigurableApplicationContext context = this.application.start()) {
			assertThat(TestApplication.call(context, "it")).isEqualTo(ServingStatus.SERVING);
		}
	}

	private static String pin(X509Certificate certificate) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
			return "sha256/" + Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
