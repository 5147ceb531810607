package io.github.securegrpc.application;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.Status;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.TestCrl;
import io.github.securegrpc.rotation.Outcome;
import io.github.securegrpc.rotation.RotatingMaterial;
import io.github.securegrpc.rotation.RotatingMaterials;
import io.github.securegrpc.transport.Handshake.Failed;
import io.github.securegrpc.transport.HandshakeResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client whose certificate was taken back gets in no more, and out if it is in.
 */
@ParameterizedClass
@CsvSource({ "openssl, TLSv1.3, SHADED", "openssl, TLSv1.2, UNSHADED", "jdk, TLSv1.3, UNSHADED",
		"jdk, TLSv1.2, SHADED" })
class RevocationTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle OTHER_CA = TestCertificates.authority("other");

	private static final X509Bundle GOOD = TestCertificates.client(CA);

	private static final X509Bundle REVOKED = TestCertificates.client(CA);

	private final String provider;

	private final String protocol;

	private final TestNetty netty;

	private Application application = new Application(Path.of(""));

	RevocationTests(String provider, String protocol, TestNetty netty) {
		this.provider = provider;
		this.protocol = protocol;
		this.netty = netty;
	}

	@BeforeEach
	void describe(@TempDir Path directory) {
		this.application = new Application(directory).on(this.netty)
			.with(WhoCalls.class)
			.with(Chatter.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.set("secure-grpc.server.protocols", this.protocol)
			.set("secure-grpc.provider", this.provider)
			.ca("secure-grpc.server", CA, OTHER_CA);
	}

	@Test
	void revokedClientIsRefusedAtTheHandshake() {
		crl(TestCrl.of(CA).revoke(REVOKED));
		try (ConfigurableApplicationContext context = start()) {
			refused(context, REVOKED, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
			refused(context, REVOKED, HandshakeResult.CERTIFICATE_REVOKED, "(key compromise)");
			admitted(context, GOOD);
		}
	}

	@Test
	void eachAuthoritySpeaksOfItsOwn() {
		X509Bundle other = TestCertificates.client(OTHER_CA);
		crl(TestCrl.of(CA).revoke(REVOKED).revoke(other), TestCrl.of(OTHER_CA).revoke(GOOD));
		try (ConfigurableApplicationContext context = start()) {
			refused(context, REVOKED, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
			admitted(context, other);
			admitted(context, GOOD);
		}
	}

	@Test
	void clientOfAnAuthorityWithoutACrlIsRefusedUnlessThePolicyIsLenient() {
		crl(TestCrl.of(OTHER_CA));
		try (ConfigurableApplicationContext context = start()) {
			refused(context, GOOD, HandshakeResult.CERTIFICATE_VERIFICATION_FAILED,
					"there is no CRL that CN=ca signed, and crl-policy is strict");
		}
		this.application.set("secure-grpc.server.crl-policy", "lenient");
		try (ConfigurableApplicationContext context = start()) {
			admitted(context, GOOD);
		}
	}

	@Test
	void expiredCrlRefusesAllUnlessThePolicyIsLenient() {
		crl(TestCrl.until(CA, Instant.now().minus(Duration.ofMinutes(1))).revoke(REVOKED));
		try (ConfigurableApplicationContext context = start()) {
			refused(context, GOOD, HandshakeResult.CERTIFICATE_VERIFICATION_FAILED, "fetch a new one");
			refused(context, REVOKED, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
		}
		this.application.set("secure-grpc.server.crl-policy", "lenient");
		try (ConfigurableApplicationContext context = start()) {
			admitted(context, GOOD);
			refused(context, REVOKED, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
		}
	}

	@Test
	void intermediateThatWasRevokedVouchesForNobody() {
		X509Bundle intermediate = TestCertificates
			.issue((builder) -> builder.subject("CN=intermediate").setIsCertificateAuthority(true), CA);
		X509Bundle leaf = TestCertificates.client(intermediate);
		crl(TestCrl.of(CA), TestCrl.of(intermediate));
		try (ConfigurableApplicationContext context = start();
				Peer peer = new Peer(this.application.port(), leaf, intermediate.getCertificate())) {
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
			crl(TestCrl.of(CA).revoke(intermediate), TestCrl.of(intermediate));
			assertThat(reload(context)).isInstanceOf(Outcome.Rotated.class);
			assertThat(peer.status("Dns").getCode()).isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
		}
	}

	@Test
	void callsEndWhenThePeersCertificateIsRevoked() throws Exception {
		crl(TestCrl.of(CA));
		try (ConfigurableApplicationContext context = start();
				Peer revoked = new Peer(this.application.port(), REVOKED);
				Peer idle = new Peer(this.application.port(), REVOKED);
				Peer good = new Peer(this.application.port(), GOOD)) {
			assertThat(idle.ask("Dns")).isEqualTo("dns:client");
			CompletableFuture<Status> chat = Chatter.listen(revoked.channel());
			CompletableFuture<Status> others = Chatter.listen(good.channel());
			crl(TestCrl.of(CA).revoke(REVOKED));
			assertThat(reload(context)).isInstanceOf(Outcome.Rotated.class);
			assertThat(chat.get(1, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
			// on its connection, or on the next one when that is closed already
			assertThat(revoked.status("Dns").getCode()).isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
			assertThat(idle.status("Dns").getCode()).isIn(Status.Code.UNAUTHENTICATED, Status.Code.UNAVAILABLE);
			assertThat(good.ask("Dns")).isEqualTo("dns:client");
			assertThat(others).isNotDone();
			refused(context, REVOKED, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
		}
	}

	@Test
	void brokenReplacementIsRefusedAndTheLastGoodStays() {
		crl(TestCrl.of(CA).revoke(REVOKED));
		try (ConfigurableApplicationContext context = start()) {
			for (String broken : new String[] { "", "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n",
					TestCrl.forged(CA, OTHER_CA).pem(),
					TestCrl.until(CA, Instant.now().minus(Duration.ofMinutes(1))).pem() }) {
				this.application.file("secure-grpc.server.crl", broken);
				assertThat(reload(context)).as(broken).isInstanceOf(Outcome.Refused.class);
				refused(context, REVOKED, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
			}
			admitted(context, GOOD);
		}
	}

	@Test
	void sessionOfAClientThatWasRevokedIsNotResumed() {
		crl(TestCrl.of(CA));
		try (ConfigurableApplicationContext context = start()) {
			ForeignClient client = new ForeignClient(this.application.port(), this.protocol);
			client.connect(REVOKED);
			crl(TestCrl.of(CA).revoke(REVOKED));
			assertThat(reload(context)).isInstanceOf(Outcome.Rotated.class);
			refused(context, client::connectAgain, HandshakeResult.CERTIFICATE_REVOKED, "it was revoked at ");
		}
	}

	@Test
	void leafThatIsItselfATrustAnchorIsNotAskedFor() {
		this.application.ca("secure-grpc.server", CA, REVOKED);
		crl(TestCrl.of(CA).revoke(REVOKED));
		try (ConfigurableApplicationContext context = start()) {
			admitted(context, REVOKED);
		}
	}

	private void crl(TestCrl... lists) {
		this.application.crl("secure-grpc.server", lists);
	}

	private ConfigurableApplicationContext start() {
		ConfigurableApplicationContext context = this.application.start();
		HandshakeRecorder.in(context);
		return context;
	}

	private static Outcome reload(ConfigurableApplicationContext context) {
		for (RotatingMaterial material : context.getBean(RotatingMaterials.class).all()) {
			if (material.name().equals("server")) {
				return material.reload();
			}
		}
		throw new AssertionError("no server");
	}

	private static void admitted(ConfigurableApplicationContext context, X509Bundle client) {
		try (Peer peer = new Peer(TestApplication.port(context), client)) {
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
		}
	}

	private void refused(ConfigurableApplicationContext context, X509Bundle client, HandshakeResult result,
			String detail) {
		ForeignClient foreign = new ForeignClient(this.application.port(), this.protocol);
		refused(context, () -> foreign.connect(client), result, detail);
	}

	private static void refused(ConfigurableApplicationContext context, Runnable connect, HandshakeResult result,
			String detail) {
		HandshakeRecorder recorder = context.getBean("recorder", HandshakeRecorder.class);
		recorder.clear();
		connect.run();
		assertThat(recorder.next().end()).isInstanceOfSatisfying(Failed.class, (failed) -> {
			assertThat(failed.result()).as(failed.detail()).isEqualTo(result);
			assertThat(failed.detail()).contains(detail);
		});
	}

}
