package io.github.securegrpc.certs;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.certs.SubjectAlternativeName.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SubjectAlternativeName} and the requests that hold them.
 */
class SubjectAlternativeNameTests {

	@ParameterizedTest
	@CsvSource({ "DNS, localhost, localhost", "DNS, Node-1.Example.COM, node-1.example.com",
			"DNS, *.example.com, *.example.com", "IP, 127.0.0.1, 127.0.0.1", "IP, ::1, 0:0:0:0:0:0:0:1",
			"IP, 2001:DB8::a, 2001:db8:0:0:0:0:0:a", "URI, spiffe://prod.example/a/b, spiffe://prod.example/a/b",
			"URI, urn:uuid:1, urn:uuid:1", "URI, https://example.com/x, https://example.com/x",
			"EMAIL, a.b+c@example.com, a.b+c@example.com" })
	void goodNameIsTaken(Kind kind, String value, String canonical) {
		assertThat(new SubjectAlternativeName(kind, value).value()).isEqualTo(canonical);
	}

	@ParameterizedTest
	@CsvSource({ "DNS, ''", "DNS, 127.0.0.1", "DNS, -a.example", "DNS, a..b", "DNS, a.example.",
			"DNS, foo.*.example.com", "DNS, *", "DNS, *.com", "DNS, a b", "DNS, bücher.example", "DNS, a_b",
			"DNS, evil.example\0.good.example", "IP, localhost", "IP, 10.0.0.0/8", "IP, 127.1", "IP, 010.0.0.1",
			"IP, 256.0.0.1", "IP, fe80::1%eth0", "IP, 1:2:3", "IP, .:1", "IP, [::1]", "URI, relative/path",
			"URI, https:", "URI, http://a b", "URI, spiffe://", "URI, spiffe://Prod/a", "URI, spiffe://prod/a/../b",
			"URI, spiffe://prod/a/", "URI, spiffe://prod/a?q=1", "URI, spiffe://prod:1/a", "URI, SPIFFE://prod/a",
			"EMAIL, example.com", "EMAIL, @example.com", "EMAIL, a b@example.com", "EMAIL, a@*.example.com",
			"EMAIL, a@" })
	void badNameIsRefusedWithWhatWasExpected(Kind kind, String value) {
		assertThatIllegalArgumentException().isThrownBy(() -> new SubjectAlternativeName(kind, value))
			.withMessageMatching("(?s)(dns|ip|uri|email): .*\\(expected: .+\\)");
	}

	@Test
	void namePrintsWithItsKind() {
		assertThat(SubjectAlternativeName.uri("spiffe://a/b")).hasToString("uri:spiffe://a/b");
	}

	@Test
	void requestWithoutNameOrPurposeIsNotConstructible() {
		assertThatIllegalArgumentException().isThrownBy(() -> LeafRequest.server("server"))
			.withMessageStartingWith("sans: [] (expected: ");
		List<SubjectAlternativeName> sans = List.of(SubjectAlternativeName.dns("a"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new LeafRequest("a", sans, Set.of(), Duration.ofDays(1), KeyAlgorithm.EC_P256))
			.withMessageStartingWith("purposes: [] (expected: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1H", "PT0.5S", "P36526D" })
	void requestWithABadValidityIsNotConstructible(Duration validity) {
		LeafRequest request = LeafRequest.client("a", SubjectAlternativeName.dns("a"));
		assertThatIllegalArgumentException().isThrownBy(() -> request.withValidity(validity))
			.withMessageStartingWith("validity: " + validity + " (expected: ");
		assertThatIllegalArgumentException().isThrownBy(() -> AuthorityRequest.named("CA").withValidity(validity));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", ".hidden", "../ca", "a/b", "a\\b", "a\nb", "a,O=b", "a ", "a." })
	void nameThatIsNoFileNameIsNotConstructible(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> LeafRequest.client(name, SubjectAlternativeName.dns("a")))
			.withMessageMatching("(?s)name: .*\\(expected: .+\\)");
		assertThatIllegalArgumentException().isThrownBy(() -> AuthorityRequest.named(name));
	}

}
