package io.github.securegrpc.validation;

import java.net.URI;
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
import org.junit.jupiter.params.provider.EnumSource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.material.ValidationMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * In which words a peer is refused, and what it is called there.
 */
class PeerRefusalTextTests {

	private final X509Bundle ca = TestCertificates.authority("ca");

	@ParameterizedTest
	@EnumSource(ValidationMode.class)
	void authorityOfTheSameNameWithAnotherKey(ValidationMode mode) {
		X509Bundle other = TestCertificates.authority("ca");
		String text = "its issuer CN=ca is not among the 1 trust anchors of here (one has that name, but did not sign it)";
		refused(mode, text, client(other));
		refused(mode, text, client(other), other);
		X509Bundle below = below(other);
		refused(mode, text, client(below), below);
		refused(mode, text, client(below), below, other);
	}

	@Test
	void chainWithoutItsIntermediate() {
		refused(ValidationMode.STRICT,
				"its issuer CN=below is not among the 1 trust anchors of here; the peer sent 1 certificate: if that "
						+ "issuer is an intermediate, whoever runs the peer must send it too (fullchain.pem)",
				client(below(this.ca)));
	}

	@Test
	void chainThatIsWholeLacksNoIntermediate() {
		X509Bundle other = TestCertificates.authority("other");
		assertThat(refusal(ValidationMode.STRICT, client(other), other))
			.contains("its issuer CN=other is not among the 1 trust anchors of here")
			.doesNotContain("intermediate");
	}

	@ParameterizedTest
	@EnumSource(ValidationMode.class)
	void purposeIsSaidInWords(ValidationMode mode) {
		refused(mode, "it is not for clients", TestCertificates.server(this.ca));
	}

	@Test
	void peerIsCalledByItsFirstNameInTheOrderOfRules() {
		called("uri:spiffe://prod/a",
				(builder) -> builder.subject("CN=x")
					.addSanDnsName("a.example.com")
					.addSanUriName(URI.create("spiffe://prod/a")));
		called("dns:a.example.com",
				(builder) -> builder.subject("CN=x").addSanIpAddress("192.0.2.1").addSanDnsName("a.example.com"));
		called("ip:192.0.2.1",
				(builder) -> builder.subject("CN=x").addSanRfc822Name("a@example.com").addSanIpAddress("192.0.2.1"));
		called("email:a@example.com", (builder) -> builder.subject("CN=x").addSanRfc822Name("a@example.com"));
		called("subject:CN=x", (builder) -> builder.subject("CN=x"));
	}

	@Test
	void peerWithoutAnyNameIsCalledByItsFingerprint() {
		X509Certificate leaf = TestCertificates.issue((builder) -> builder.subject(""), this.ca).getCertificate();
		assertThat(PeerName.of(leaf)).matches("fingerprint:[0-9a-f]{64}");
	}

	private void called(String name, UnaryOperator<CertificateBuilder> names) {
		X509Bundle peer = TestCertificates.issue(names, TestCertificates.authority("other"));
		assertThat(PeerName.of(peer.getCertificate())).isEqualTo(name);
		assertThat(refusal(ValidationMode.STRICT, peer)).startsWith("the certificate of " + name + " (");
	}

	private void refused(ValidationMode mode, String text, X509Bundle... chain) {
		assertThat(refusal(mode, chain)).contains(text);
	}

	private String refusal(ValidationMode mode, X509Bundle... chain) {
		AnchorSet anchors = new AnchorSet(List.of(this.ca.getCertificate()), "here", null);
		TrustRules rules = new TrustRules(mode, Set.of(), Clock.systemUTC());
		X509Certificate[] presented = Arrays.stream(chain)
			.map(X509Bundle::getCertificate)
			.toArray(X509Certificate[]::new);
		StringBuilder refusal = new StringBuilder();
		assertThatExceptionOfType(CertificateException.class).isThrownBy(() -> rules.trustManager(anchors, (engine) -> {
		}).checkClientTrusted(presented, "EC")).satisfies((ex) -> refusal.append(ex.getMessage()));
		return refusal.toString();
	}

	private static X509Bundle client(X509Bundle issuer) {
		return TestCertificates.client(issuer);
	}

	private static X509Bundle below(X509Bundle issuer) {
		return TestCertificates.issue((builder) -> builder.subject("CN=below").setIsCertificateAuthority(true), issuer);
	}

}
