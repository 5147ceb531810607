package io.github.securegrpc.application;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a channel takes from which level, and what it insists on.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelSettingsTests {

	private final X509Bundle authority = TestCertificates.authority("ca");

	private final X509Bundle stranger = TestCertificates.authority("stranger");

	private final X509Bundle server = TestCertificates.server(this.authority);

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).identity("secure-grpc.server", this.server)
			.set("logging.level.io.github.securegrpc", "info")
			.channel("it");
	}

	@Test
	void pinOutsideThePathIsRefusedAndOnesInItAreAccepted() throws Exception {
		this.application.ca("secure-grpc.client", this.authority).channel("leaf").channel("authority");
		this.application.set("secure-grpc.client.channels.it.pins", pin(this.stranger.getCertificate()));
		this.application.set("secure-grpc.client.channels.leaf.pins", pin(this.server.getCertificate()));
		this.application.set("secure-grpc.client.channels.authority.pins",
				pin(this.stranger.getCertificate()) + "," + pin(this.authority.getCertificate()));
		try (ConfigurableApplicationContext context = this.application.start()) {
			refuses(context, "it");
			TestApplication.call(context, "leaf");
			TestApplication.call(context, "authority");
		}
	}

	@Test
	void serverNameIsVerifiedInsteadOfTheAuthority() {
		X509Bundle named = TestCertificates.issue(
				(builder) -> builder.subject("CN=x").addSanDnsName("ledger.internal").addExtendedKeyUsageServerAuth(),
				this.authority);
		this.application.identity("secure-grpc.server", named)
			.ca("secure-grpc.client", this.authority)
			.channel("named");
		this.application.set("secure-grpc.client.channels.named.server-name", "ledger.internal");
		try (ConfigurableApplicationContext context = this.application.start()) {
			refuses(context, "it");
			TestApplication.call(context, "named");
		}
	}

	@Test
	void channelWithItsOwnCaDoesNotTrustTheClients() {
		this.application.ca("secure-grpc.client", this.stranger).ca("secure-grpc.client.channels.own", this.authority);
		this.application.channel("own");
		try (ConfigurableApplicationContext context = this.application.start()) {
			refuses(context, "it");
			TestApplication.call(context, "own");
		}
	}

	@Test
	void clientsCaHidesTheTopLevels() {
		this.application.ca("secure-grpc", this.authority).ca("secure-grpc.client", this.stranger);
		this.application.set("secure-grpc.server.client-auth", "none");
		try (ConfigurableApplicationContext context = this.application.start()) {
			refuses(context, "it");
		}
	}

	@Test
	void identityComesWholeFromTheNearestLevelAndTheCaFromItsOwn() {
		X509Bundle accepted = TestCertificates.client(this.authority);
		this.application.ca("secure-grpc", this.authority)
			.identity("secure-grpc", TestCertificates.client(this.stranger));
		this.application.identity("secure-grpc.client.channels.own", accepted).channel("own");
		try (ConfigurableApplicationContext context = this.application.start()) {
			refuses(context, "it"); // presents the top level's certificate, of a CA that
									// the server does not trust
			TestApplication.call(context, "own");
		}
	}

	@Test
	void serverWithACaRequiresACertificateWithoutBeingTold() {
		this.application.ca("secure-grpc.server", this.authority)
			.ca("secure-grpc.client", this.authority)
			.channel("own");
		this.application.identity("secure-grpc.client.channels.own", TestCertificates.client(this.authority));
		try (ConfigurableApplicationContext context = this.application.start()) {
			refuses(context, "it");
			TestApplication.call(context, "own");
		}
	}

	@Test
	void clientWithoutCaTrustsTheJvmsRootsAndSaysSo(CapturedOutput output) {
		try (ConfigurableApplicationContext context = this.application.start()) {
			refuses(context, "it");
			assertThat(output).contains("Secure gRPC channel it: TLS").contains("trust anchors: the JVM's roots");
		}
	}

	@Test
	void effectiveConfigurationAndTheFirstConnectionAreSaid(CapturedOutput output) {
		this.application.ca("secure-grpc.client", this.authority);
		try (ConfigurableApplicationContext context = this.application.start()) {
			TestApplication.call(context, "it");
			TestApplication.call(context, "it");
			assertThat(output)
				.contains("Secure gRPC server: TLS [TLSv1.3, TLSv1.2], provider openssl, client-auth none, leaf [")
				.containsOnlyOnce(
						"Secure gRPC channel it: TLS [TLSv1.3, TLSv1.2], provider openssl, no certificate, trust anchors: 1;")
				.doesNotContain("pins")
				.contains("(secure-grpc.server.cert)")
				.contains("(secure-grpc.client.ca)")
				.containsOnlyOnce("Established secure gRPC connection to it (localhost:")
				.contains("expires " + this.server.getCertificate().getNotAfter().toInstant());
		}
	}

	private static void refuses(ConfigurableApplicationContext context, String channel) {
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> TestApplication.call(context, channel))
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE));
	}

	private static String pin(X509Certificate certificate) throws Exception {
		return "sha256/" + Base64.getEncoder()
			.encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded()));
	}

}
