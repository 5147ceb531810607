package io.github.securegrpc.peer.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which rule decides, and which rules do not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerRulesTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "nobody", "anyone:", "any-peer:x", "Anyone", "validator.example.com", "cn:x", "dns:",
			"dns:*", "dns:*.", "dns:a.*.b", "dns:*.*.b", "dns:a*.b", "dns:127.0.0.1", "dns:a b", "dns:a.", "dns:é.b",
			"ip:", "ip:localhost", "ip:10.1", "ip:010.1.1.1", "ip:256.1.1.1", "ip:10.0.0.1/8", "ip:10.0.0.0/33",
			"ip:10.0.0.0/", "ip:fe80::1%eth0", "ip:::1/129", "ip::", "email:a", "email:@b", "email:a@b@c", "email:*@b",
			"uri:", "uri:*", "uri:x", "uri:https://a/*", "uri:spiffe://prod", "uri:spiffe://prod/", "uri:spiffe://*",
			"uri:spiffe://*/a", "uri:spiffe://prod*", "uri:spiffe://prod/a*", "uri:spiffe://prod/*/a",
			"uri:spiffe://PROD/a", "uri:SPIFFE://prod/a", "uri:spiffe://prod/../a", "uri:spiffe://prod/a/../*",
			"fingerprint:", "fingerprint:00", "spiffe://prod/a" })
	void nameThatMeansNoPeerIsRefused(String name) {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> rules(rule("*", "any-peer"), rule("*", "any-peer"), rule("*", name)))
			.withMessageStartingWith(
					"secure-grpc.authorization.rules[2].allow[0]: '%s' names no peer (expected: ".formatted(name))
			.satisfies((ex) -> assertThat(ex.action()).isNotEmpty());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/a.B/C", "a.B", "a.B/", "a.*", "a.*/C", "a.B/C*", "**", "a.B/C/D", "a.B /C" })
	void patternThatMeansNoMethodIsRefused(String pattern) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> rules(rule(pattern, "anyone")))
			.withMessageStartingWith("secure-grpc.authorization.rules[0].methods[0]: '%s' names no method (expected: "
				.formatted(pattern));
	}

	@Test
	void halfARuleIsRefused() {
		refuses(new AuthorizationProperties.Rule(null, List.of("anyone")), "rules[0].methods is empty");
		refuses(new AuthorizationProperties.Rule(List.of("*"), null), "rules[0].allow is empty");
		refuses(new AuthorizationProperties.Rule(List.of("*"), List.of()), "rules[0].allow is empty");
		refuses(null, "rules[0].methods is empty");
	}

	@Test
	void authorizationWithoutRulesIsRefused() {
		for (AuthorizationProperties half : List.of(new AuthorizationProperties(AuthorizationMode.ENFORCE, null),
				new AuthorizationProperties(null, List.of()))) {
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> Rules.of(half))
				.withMessageContaining("is set without any rule");
		}
		assertThat(Rules.of(new AuthorizationProperties(null, null))).isEmpty();
	}

	@Test
	void firstRuleThatIsForTheMethodDecides() {
		Rules rules = rules(rule("a.B/C", "dns:first"), rule("a.B/*", "dns:second"), rule("a.B/D", "anyone"),
				rule("a.Bx/C", "dns:fourth"));
		assertThat(deciding(rules, "a.B/C")).isEqualTo("rules[0]");
		assertThat(deciding(rules, "a.B/D")).isEqualTo("rules[1]");
		assertThat(deciding(rules, "a.Bx/C")).isEqualTo("rules[3]");
		assertThat(deciding(rules, "a.Bx/D")).isEqualTo("none");
		assertThat(deciding(rules, "a.b/C")).isEqualTo("none");
		assertThat(deciding(rules(rule("*", "anyone")), "a.b/C")).isEqualTo("rules[0]");
		// gRPC takes all before the last slash for the service
		assertThat(deciding(rules(rule("a.Public/*", "anyone"), rule("*", "any-peer")), "a.Public/a.Admin/C"))
			.isEqualTo("rules[1]");
	}

	@Test
	void namesInventedByCallersAreNotKept() {
		Rules rules = rules(rule("a.B/*", "anyone"));
		for (String invented : List.of("a.B/", "a.B/*")) {
			assertThat(deciding(rules, invented)).isEqualTo("rules[0]");
		}
		for (String invented : List.of("", "/", "//", "a.B", "*", "/a.B/C", "a.B*/C", "a.b/C", "a.B/C/D", "a.B//")) {
			assertThat(deciding(rules, invented)).isEqualTo("none");
		}
		assertThat(rules).extracting("first")
			.asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
			.hasSize(1);
	}

	@Test
	void ruleForAMethodThatIsNotThereIsWarnedOfWithTheNearest(CapturedOutput output) {
		List<String> methods = List.of("ledger.Ledger/Post", "ledger.Ledger/Balance", "grpc.health.v1.Health/Check");
		rules(rule("ledger.Ledger/Pots", "anyone"), rule("ledger.Leger/*", "anyone"), rule("zzz.Z/*", "anyone"),
				rule("grpc.health.v1.Health/*", "anyone"), rule("*", "anyone"))
			.warnOfUnknown(methods);
		assertThat(output).contains(
				"secure-grpc.authorization.rules[0].methods names ledger.Ledger/Pots, which the server does not have. Did you mean ledger.Ledger/Post?")
			.contains(
					"rules[1].methods names ledger.Leger/*, which the server does not have. Did you mean ledger.Ledger/*?")
			.contains("rules[2].methods names zzz.Z/*, which the server does not have. Remove it")
			.doesNotContain("rules[3]", "rules[4]");
	}

	private static String deciding(Rules rules, String method) {
		Optional<Rule> rule = rules.of(method);
		assertThat(rules.of(method)).isEqualTo(rule);
		return rule.map((found) -> found.property().replace("secure-grpc.authorization.", "")).orElse("none");
	}

	private static void refuses(AuthorizationProperties.@Nullable Rule rule, String message) {
		List<AuthorizationProperties.Rule> written = new ArrayList<>();
		written.add(rule);
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> Rules.of(new AuthorizationProperties(null, written)))
			.withMessageContaining(message);
	}

	private static Rules rules(AuthorizationProperties.Rule... rules) {
		return Rules.of(new AuthorizationProperties(null, Arrays.asList(rules))).orElseThrow();
	}

	private static AuthorizationProperties.Rule rule(String method, String allow) {
		return new AuthorizationProperties.Rule(List.of(method), List.of(allow));
	}

}
