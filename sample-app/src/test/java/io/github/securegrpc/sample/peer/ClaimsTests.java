package io.github.securegrpc.sample.peer;

import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLSession;

import io.grpc.Attributes;
import io.grpc.Grpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import io.github.securegrpc.certs.AuthorityRequest;
import io.github.securegrpc.certs.CertificateAuthority;
import io.github.securegrpc.certs.Depot;
import io.github.securegrpc.certs.LeafRequest;
import io.github.securegrpc.certs.SubjectAlternativeName;
import io.github.securegrpc.peer.PeerIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which addresses are whose.
 */
class ClaimsTests {

	private static final Claims STRICT = new Claims(ClaimedAddress.VERIFIED, Set.of());

	@SuppressWarnings("NullAway.Init")
	private CertificateAuthority authority;

	@BeforeEach
	void issue(@TempDir Path directory) {
		this.authority = CertificateAuthority.create(Depot.pem(directory), AuthorityRequest.named("ca"),
				Clock.systemUTC());
	}

	@Test
	void hostsOfTheCertificateMayBeClaimedAtAnyPort() throws Exception {
		PeerIdentity caller = caller(SubjectAlternativeName.dns("Node7.example.com"),
				SubjectAlternativeName.ip("10.1.2.3"), SubjectAlternativeName.ip("2001:db8::1"));
		assertThat(allowed(STRICT, caller, "10.1.2.3:1", "10.1.2.3:6666", "node7.example.com:1", "[2001:db8:0::1]:1"))
			.containsOnly(true);
	}

	@Test
	void nothingElseMay() throws Exception {
		PeerIdentity caller = caller(SubjectAlternativeName.dns("*.example.com"), SubjectAlternativeName.dns("client"),
				SubjectAlternativeName.uri("spiffe://net/10.1.2.3"), SubjectAlternativeName.ip("10.1.2.3"));
		assertThat(
				allowed(STRICT, caller, "10.1.2.4:1", "a.example.com:1", "example.com:1", "clients:1", "127.0.0.1:1"))
			.containsOnly(false);
		assertThat(STRICT.of(null).holds(PeerAddress.parse("10.1.2.3:1").orElseThrow())).isFalse();
	}

	@Test
	void settingGrantsAHostToWhoHasTheName() throws Exception {
		Claims claims = new PeerProperties("127.0.0.1:1", List.of(), ClaimedAddress.VERIFIED,
				List.of(new PeerProperties.Claim("dns:Client", List.of("127.0.0.1", "Node1.example.com")),
						new PeerProperties.Claim("uri:spiffe://net/7", List.of("10.0.0.7"))),
				1)
			.granted();
		assertThat(allowed(claims, caller(SubjectAlternativeName.dns("client")), "127.0.0.1:1", "node1.example.com:1",
				"10.0.0.7:1", "127.0.0.2:1"))
			.containsExactly(true, true, false, false);
		assertThat(allowed(claims, caller(SubjectAlternativeName.uri("spiffe://net/7")), "127.0.0.1:1", "10.0.0.7:1"))
			.containsExactly(false, true);
	}

	@Test
	void anythingMayBeClaimedWhereThatIsAskedFor() throws Exception {
		assertThat(allowed(new Claims(ClaimedAddress.ANY, Set.of()), caller(SubjectAlternativeName.dns("client")),
				"10.1.2.4:1"))
			.containsOnly(true);
	}

	private static List<Boolean> allowed(Claims claims, PeerIdentity caller, String... addresses) {
		return List.of(addresses)
			.stream()
			.map((text) -> claims.of(caller).holds(PeerAddress.parse(text).orElseThrow()))
			.toList();
	}

	private PeerIdentity caller(SubjectAlternativeName... names) throws Exception {
		SSLSession session = Mockito.mock(SSLSession.class);
		BDDMockito.given(session.getPeerCertificates())
			.willReturn(new Certificate[] { this.authority.issue(LeafRequest.client("peer", names)).leaf() });
		return PeerIdentity.of(Attributes.newBuilder().set(Grpc.TRANSPORT_ATTR_SSL_SESSION, session).build())
			.orElseThrow();
	}

}
