package io.github.securegrpc.application;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.securegrpc.RawNames;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One server with a rule for each thing that a rule can allow, and peers of all kinds
 * that call every method: what each may call is exactly what its leaf says it is.
 */
@ParameterizedClass
@CsvSource({ "openssl, SHADED", "openssl, UNSHADED", "jdk, SHADED", "jdk, UNSHADED" })
class PeerAuthorizationTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CONSTRAINED = constrained(null);

	private static final X509Bundle ADMIN = leaf((builder) -> builder.addSanDnsName("admin.example.com"));

	private static final X509Bundle KNOWN = leaf((builder) -> builder);

	private final String provider;

	private final TestNetty netty;

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext context;

	PeerAuthorizationTests(String provider, TestNetty netty) {
		this.provider = provider;
		this.netty = netty;
	}

	@BeforeEach
	void start(@TempDir Path directory) {
		Application application = new Application(directory).on(this.netty)
			.with(WhoCalls.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA, CONSTRAINED)
			.set("secure-grpc.provider", this.provider)
			.set("secure-grpc.server.client-auth", "optional");
		List<String> rules = List.of("test.Who/Uri", "uri:spiffe://prod/validator", "test.Who/UriTree",
				"uri:spiffe://prod/*", "test.Who/Dns", "dns:validator.example.com", "test.Who/DnsTree",
				"dns:*.peers.example.com", "test.Who/Ip", "ip:10.1.2.3", "test.Who/IpRange", "ip:10.1.0.0/16",
				"test.Who/Email", "email:a@example.com", "test.Who/Fingerprint",
				"fingerprint:" + Fingerprint.of(KNOWN.getCertificate()), "test.Who/AnyPeer", "any-peer",
				"test.Who/Anyone", "anyone", "test.Who/Admin", "dns:admin.example.com", "grpc.health.v1.Health/*",
				"anyone");
		for (int i = 0; i < rules.size(); i += 2) {
			String rule = "secure-grpc.authorization.rules[%d]".formatted(i / 2);
			application.set(rule + ".methods", rules.get(i)).set(rule + ".allow", rules.get(i + 1));
		}
		this.context = application.start();
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void peerMayCallWhatItsNamesSay() {
		mayCall(leaf((builder) -> builder.addSanDnsName("stranger.example.com")));
		mayCall(KNOWN, "Fingerprint");
		mayCall(ADMIN, "Admin");
		mayCall(named(new RawNames().uri("spiffe://prod/validator")), "Uri", "UriTree");
		mayCall(named(new RawNames().uri("spiffe://prod/a/b")), "UriTree");
		mayCall(named(new RawNames().dns("validator.example.com")), "Dns");
		mayCall(named(new RawNames().dns("VALIDATOR.example.com")), "Dns");
		mayCall(named(new RawNames().dns("a.peers.example.com").email("a@example.com")), "DnsTree", "Email");
		mayCall(leaf((builder) -> builder.addSanIpAddress("10.1.2.3")), "Ip", "IpRange");
		mayCall(leaf((builder) -> builder.addSanIpAddress("10.1.9.9")), "IpRange");
	}

	@Test
	void nobodyMayCallWhatIsForAnyone() {
		try (Peer nobody = new Peer(TestApplication.port(this.context), null)) {
			assertThat(nobody.ask("Anyone")).isEqualTo("nobody");
			assertThat(TestApplication.check(nobody.channel())).isEqualTo(ServingStatus.SERVING);
			for (String method : WhoCalls.METHODS) {
				if (!method.equals("Anyone")) {
					Status status = nobody.status(method);
					assertThat(status.getCode()).as(method).isEqualTo(Status.Code.UNAUTHENTICATED);
					assertThat(status.getDescription())
						.isEqualTo("test.Who/%s: a client certificate is needed, none was presented".formatted(method));
				}
			}
		}
	}

	@Test
	void appendedCertificatesNameNobody() {
		X509Bundle stranger = leaf((builder) -> builder.addSanDnsName("stranger.example.com"));
		mayCall(stranger, List.of(ADMIN.getCertificate()));
		mayCall(stranger, List.of(CA.getCertificate(), ADMIN.getCertificate(), KNOWN.getCertificate()));
	}

	@Test
	void namesThatOnlyLookLikeTheOnesMeantAllowNothing() {
		mayCall(leaf((builder) -> builder.subject("CN=admin.example.com")));
		mayCall(leaf((builder) -> builder.subject("CN=x\\, dns:admin.example.com,O=validator.example.com")));
		mayCall(named(new RawNames().dns("peers.example.com")));
		mayCall(named(new RawNames().dns("a.b.peers.example.com")));
		mayCall(named(new RawNames().dns("*.peers.example.com").dns("*.example.com")));
		mayCall(named(new RawNames().dns("admin.example.com\0.evil.com")));
		mayCall(named(new RawNames().dns("evil.com\0.peers.example.com")));
		mayCall(named(new RawNames().dns("admin.example.com,validator.example.com")));
		mayCall(named(new RawNames().dns("a,b.peers.example.com").email("a@example.com,b@evil.com")));
		mayCall(named(new RawNames().dns("10.1.2.3").dns("a@example.com").dns("spiffe://prod/validator")));
		mayCall(named(new RawNames().uri("spiffe://dev/../prod/validator")));
		mayCall(named(new RawNames().uri("spiffe://prod/x/../validator")));
		mayCall(named(new RawNames().uri("spiffe://prod.evil.com/validator")));
		mayCall(named(new RawNames().uri("spiffe://prod/validator").uri("spiffe://prod/other")));
		mayCall(named(new RawNames().uri("https://admin.example.com").uri("spiffe://prod/validator")));
	}

	@Test
	void denialNamesMethodAndPeerAndNoRule() {
		try (Peer stranger = new Peer(TestApplication.port(this.context), ADMIN)) {
			Status status = stranger.status("Dns");
			assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
			assertThat(status.getDescription()).isEqualTo("test.Who/Dns is not allowed to dns:admin.example.com");
			assertThat(stranger.status("Unnamed").getDescription())
				.isEqualTo("test.Who/Unnamed is not allowed to dns:admin.example.com");
			assertThat(this.context.getBean(WhoCalls.class).served()).isZero();
			assertThat(this.context.getBean(MeterRegistry.class)
				.get("secure.grpc.calls.denied")
				.tag("reason", "no_rule")
				.tag("method", "test.Who/Unnamed")
				.counter()
				.count()).isEqualTo(1);
			assertThat(stranger.ask("Admin")).isEqualTo("dns:admin.example.com");
		}
	}

	@Test
	void leafThatIsACertificateAuthorityIsRefusedByTheHandshake() {
		X509Bundle authority = leaf(
				(builder) -> builder.addSanDnsName("admin.example.com").setIsCertificateAuthority(true));
		try (Peer peer = new Peer(TestApplication.port(this.context), authority)) {
			assertThat(peer.status("Anyone").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		}
	}

	@Test
	void leafThatIsNotForClientsIsRefusedByTheHandshake() {
		X509Bundle server = TestCertificates.issue(
				(builder) -> builder.subject("CN=x").addSanDnsName("admin.example.com").addExtendedKeyUsageServerAuth(),
				CA);
		try (Peer peer = new Peer(TestApplication.port(this.context), server)) {
			assertThat(peer.status("Anyone").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		}
	}

	@Test
	void nameThatTheAuthorityMayNotGiveIsRefusedByTheHandshake() {
		X509Bundle intermediate = constrained(CA);
		mayGiveNamesOfPeersOnly(intermediate, intermediate.getCertificate());
	}

	@Test
	void nameThatTheTrustAnchorMayNotGiveIsRefusedByTheHandshake() {
		mayGiveNamesOfPeersOnly(CONSTRAINED);
	}

	private void mayGiveNamesOfPeersOnly(X509Bundle authority, X509Certificate... presented) {
		X509Bundle admin = leaf((builder) -> builder.addSanDnsName("admin.example.com"), authority);
		try (Peer peer = new Peer(TestApplication.port(this.context), admin, presented)) {
			assertThat(peer.status("Anyone").getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		}
		mayCall(leaf((builder) -> builder.addSanDnsName("a.peers.example.com"), authority), List.of(presented),
				"DnsTree");
	}

	private void mayCall(X509Bundle identity, String... methods) {
		mayCall(identity, List.of(), methods);
	}

	private void mayCall(X509Bundle identity, List<X509Certificate> appended, String... methods) {
		Set<String> expected = new TreeSet<>(List.of(methods));
		expected.addAll(List.of("AnyPeer", "Anyone"));
		Set<String> called = new TreeSet<>();
		try (Peer peer = new Peer(TestApplication.port(this.context), identity,
				appended.toArray(X509Certificate[]::new))) {
			for (String method : WhoCalls.METHODS) {
				Status status = peer.status(method);
				if (status.isOk()) {
					called.add(method);
				}
				else {
					assertThat(status.getCode()).as(method).isEqualTo(Status.Code.PERMISSION_DENIED);
				}
			}
		}
		assertThat(called).as(String.valueOf(identity.getCertificate())).isEqualTo(expected);
	}

	private static X509Bundle named(RawNames names) {
		return leaf(names::of);
	}

	private static X509Bundle constrained(@Nullable X509Bundle issuer) {
		return TestCertificates.issue((builder) -> new RawNames().dns("peers.example.com")
			.permitted(builder.subject("CN=constrained").setIsCertificateAuthority(true)), issuer);
	}

	private static X509Bundle leaf(UnaryOperator<CertificateBuilder> names) {
		return leaf(names, CA);
	}

	private static X509Bundle leaf(UnaryOperator<CertificateBuilder> names, X509Bundle issuer) {
		return TestCertificates.issue((builder) -> names.apply(builder.subject("CN=x").addExtendedKeyUsageClientAuth()),
				issuer);
	}

}
