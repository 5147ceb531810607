package io.github.securegrpc.peer.rules;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.RawNames;
import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.Fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which names of a certificate a rule can mean, and which it cannot.
 */
class PeerNamesTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@ParameterizedTest
	@CsvSource({ "dns:*.peers.example.com, peers.example.com", "dns:*.peers.example.com, a.b.peers.example.com",
			"dns:*.peers.example.com, *.peers.example.com", "dns:*.peers.example.com, .peers.example.com",
			"dns:*.peers.example.com, apeers.example.com", "dns:*.peers.example.com, 'a,b.peers.example.com'",
			"dns:*.peers.example.com, a.peers.example.com.", "dns:a.example.com, 'a.example.com\u0000.evil.com'",
			"dns:*.example.com, 'a\u0000.example.com'", "dns:a.example.com, 'a.example.com,b.example.com'",
			"dns:a.example.com, *.example.com", "dns:a.example.com, 'a.example.com '", "ip:127.0.0.1, 127.0.0.1",
			"ip:127.0.0.0/8, 127.0.0.1", "email:a@example.com, a@example.com", "uri:spiffe://prod/a, spiffe://prod/a" })
	void dnsNameThatIsNotTheOneMeantIsDenied(String allow, String name) {
		assertThat(admits(allow, new RawNames().dns(name)::of)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "dns:a.example.com, a.example.com", "dns:a.example.com, A.EXAMPLE.com",
			"dns:A.example.com, a.example.com", "dns:*.peers.example.com, a.peers.example.com",
			"dns:*.peers.example.com, A.PEERS.EXAMPLE.COM", "dns:_a_.b, _a_.b" })
	void dnsNameIsAllowedWhateverItsCase(String allow, String name) {
		assertThat(admits(allow, new RawNames().dns(name)::of)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "uri:spiffe://prod/*, spiffe://prod/../dev/a", "uri:spiffe://prod/*, spiffe://prod/a/./b",
			"uri:spiffe://prod/*, spiffe://prod/", "uri:spiffe://prod/*, spiffe://prod",
			"uri:spiffe://prod/*, spiffe://prod.evil/a", "uri:spiffe://prod/*, spiffe://prod//a",
			"uri:spiffe://prod/*, spiffe://prod/a/", "uri:spiffe://prod/*, SPIFFE://prod/a",
			"uri:spiffe://prod/*, spiffe://prod:1/a", "uri:spiffe://prod/*, spiffe://prod/%61",
			"uri:spiffe://prod/*, spiffe://prod/a?b", "uri:spiffe://prod/*, spiffe://prod/a#b",
			"uri:spiffe://prod/*, spiffe://user@prod/a", "uri:spiffe://prod/ns/*, spiffe://prod/nsx",
			"uri:spiffe://prod/ns/*, spiffe://prod/ns", "uri:spiffe://prod/a, spiffe://prod/A",
			"uri:spiffe://prod/a, spiffe://prod/b/../a", "uri:https://example.com/a, https://example.com/b/../a",
			"uri:https://example.com/a, https://EXAMPLE.com/a", "dns:prod, spiffe://prod/a" })
	void uriThatIsNotTheOneMeantIsDenied(String allow, String uri) {
		assertThat(admits(allow, new RawNames().uri(uri)::of)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "uri:spiffe://prod/a, spiffe://prod/a", "uri:spiffe://prod/*, spiffe://prod/ns/a",
			"uri:spiffe://prod/ns/*, spiffe://prod/ns/a", "uri:https://example.com/a, https://example.com/a" })
	void uriIsAllowed(String allow, String uri) {
		assertThat(admits(allow, new RawNames().uri(uri)::of)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "ip:10.1.2.3, 10.1.2.4, false", "ip:10.1.2.3, 10.1.2.3, true", "ip:10.1.0.0/16, 10.2.0.0, false",
			"ip:10.1.0.0/16, 10.1.255.255, true", "ip:0.0.0.0/0, 10.1.2.3, true", "ip:0.0.0.0/0, 2001:db8::1, false",
			"ip:2001:DB8::1, 2001:db8:0:0::1, true", "ip:2001:db8::/33, 2001:db8:8000::, false",
			"ip:2001:db8::/33, 2001:db8:7fff::1, true", "dns:10.example.com, 10.1.2.3, false" })
	void addressIsAllowedWhereItIsMeant(String allow, String address, boolean admitted) {
		assertThat(admits(allow, (builder) -> builder.addSanIpAddress(address))).isEqualTo(admitted);
	}

	@ParameterizedTest
	@CsvSource({ "email:a@example.com, a@EXAMPLE.com, true", "email:a@example.com, A@example.com, false",
			"email:a@example.com, b@example.com, false", "email:a@example.com, a@example.com@evil.com, false",
			"email:a@example.com, 'a@example.com,b@evil.com', false" })
	void mailboxIsComparedAsRfc5280Says(String allow, String email, boolean admitted) {
		assertThat(admits(allow, new RawNames().email(email)::of)).isEqualTo(admitted);
	}

	@ParameterizedTest
	@ValueSource(strings = { "dns:admin.example.com", "uri:spiffe://prod/admin", "email:admin@example.com" })
	void subjectNamesNobody(String allow) {
		String name = allow.substring(allow.indexOf(':') + 1);
		assertThat(admits(allow, (builder) -> builder.subject("CN=" + name))).isFalse();
		assertThat(admits(allow, (builder) -> builder.subject("CN=x\\, " + allow + ",O=" + name))).isFalse();
		assertThat(admits("any-peer", (builder) -> builder.subject("CN=" + name))).isTrue();
	}

	@Test
	void svidHasOneUriAndIsNoAuthority() {
		assertThat(admits("uri:spiffe://prod/a", (builder) -> builder.addSanUriName(URI.create("spiffe://prod/a"))
			.addSanUriName(URI.create("https://example.com")))).isFalse();
		assertThat(admits("uri:https://example.com", (builder) -> builder.addSanUriName(URI.create("spiffe://prod/a"))
			.addSanUriName(URI.create("https://example.com")))).isTrue();
		assertThat(admits("uri:spiffe://prod/a",
				(builder) -> builder.addSanUriName(URI.create("spiffe://prod/a")).setIsCertificateAuthority(true)))
			.isFalse();
		assertThat(admits("uri:spiffe://prod/a", (builder) -> builder.addSanUriName(URI.create("spiffe://prod/a"))
			.setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature, CertificateBuilder.KeyUsage.keyCertSign)))
			.isFalse();
	}

	@Test
	void fingerprintIsOfTheLeafAndMayBeWrittenAsOpensslDoes() {
		X509Bundle leaf = TestCertificates.client(CA);
		PeerNames peer = PeerNames.of(leaf.getCertificate());
		String fingerprint = Fingerprint.of(leaf.getCertificate());
		String other = Fingerprint.of(CA.getCertificate());
		assertThat(AllowedPeers.of(AllowedName.parse(List.of("fingerprint:" + other), "it")).admit(peer, null))
			.isFalse();
		assertThat(AllowedPeers.of(AllowedName.parse(List.of("fingerprint:" + fingerprint), "it")).admit(peer, null))
			.isTrue();
		String colons = fingerprint.toUpperCase(java.util.Locale.ROOT).replaceAll("..(?!$)", "$0:");
		assertThat(AllowedPeers.of(AllowedName.parse(List.of("fingerprint:" + colons), "it")).admit(peer, null))
			.isTrue();
	}

	@Test
	void nobodyIsAnyoneOnly() {
		for (String allow : List.of("any-peer", "dns:client", "ip:0.0.0.0/0", "uri:spiffe://prod/*")) {
			assertThat(AllowedPeers.of(AllowedName.parse(List.of(allow), "it")).admit(null, null)).as(allow).isFalse();
		}
		assertThat(AllowedPeers.of(AllowedName.parse(List.of("dns:client", "anyone"), "it")).admit(null, null))
			.isTrue();
	}

	private static boolean admits(String allow, UnaryOperator<CertificateBuilder> names) {
		return AllowedPeers.of(AllowedName.parse(List.of(allow), "it")).admit(names(names), null);
	}

	private static PeerNames names(UnaryOperator<CertificateBuilder> names) {
		return PeerNames
			.of(TestCertificates.issue((builder) -> names.apply(builder.subject("CN=x")), CA).getCertificate());
	}

}
