package io.github.securegrpc.peer;

import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;

import io.github.securegrpc.RawNames;
import io.github.securegrpc.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a certificate says of a peer.
 */
class PeerIdentityTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	@Test
	void namesAreGivenAsTheCertificateHasThem() {
		PeerIdentity peer = identity(
				new RawNames().dns("A.example.com").dns("a\u0000b").uri("spiffe://prod/a").email("a@example.com")::of);
		assertThat(peer.dnsNames()).containsExactly("A.example.com", "a\u0000b");
		assertThat(peer.emails()).containsExactly("a@example.com");
		assertThat(peer.name()).isEqualTo("uri:spiffe://prod/a");
		assertThat(identity(new RawNames().dns("a\u0000\nb")::of).name()).isEqualTo("dns:a\\u{0}\\u{a}b");
	}

	@Test
	void svidHasOneUri() {
		assertThat(identity((builder) -> builder.addSanUriName(URI.create("spiffe://prod/a"))).spiffeId())
			.contains("spiffe://prod/a");
		PeerIdentity two = identity((builder) -> builder.addSanUriName(URI.create("spiffe://prod/a"))
			.addSanUriName(URI.create("spiffe://prod/b")));
		assertThat(two.spiffeId()).isEmpty();
		assertThat(two.uris()).containsExactly("spiffe://prod/a", "spiffe://prod/b");
	}

	private static PeerIdentity identity(UnaryOperator<CertificateBuilder> names) {
		return new PeerIdentity(List
			.of(TestCertificates.issue((builder) -> names.apply(builder.subject("CN=x")), CA).getCertificate()));
	}

}
