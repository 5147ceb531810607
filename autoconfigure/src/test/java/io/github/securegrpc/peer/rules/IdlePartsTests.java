package io.github.securegrpc.peer.rules;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts of rules that say nothing.
 */
class IdlePartsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "* | a.B/C", "* | a.B/*", "* | *", "a.B/* | a.B/C", "a.B/* | a.B/*", "a.B/C | a.B/C" })
	void methodThatAnEarlierRuleDecidesIsFound(String first, String second) {
		assertThat(IdleParts.of(rules(rule(first, "anyone"), rule(second, "dns:a"))))
			.containsExactly("rules[1].methods[0] (%s) never decides: rules[0].methods[0] (%s) does before"
				.formatted(second, first));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "a.B/C | *", "a.B/C | a.B/*", "a.B/* | *", "a.B/* | a.C/*", "a.B/C | a.B/D", "a.B/* | a.BB/C" })
	void methodThatIsNotDecidedBeforeIsNotFound(String first, String second) {
		assertThat(IdleParts.of(rules(rule(first, "anyone"), rule(second, "dns:a")))).isEmpty();
	}

	@Test
	void methodThatIsNamedTwiceInOneRuleIsFound() {
		assertThat(IdleParts.of(List.of(Rule
			.parse(new AuthorizationProperties.Rule(List.of("a.B/*", "x.Y/Z", "a.B/C"), List.of("anyone")), "rule"))))
			.containsExactly("rule.methods[2] (a.B/C) never decides: rule.methods[0] (a.B/*) does before");
		assertThat(IdleParts.of(List
			.of(Rule.parse(new AuthorizationProperties.Rule(List.of("a.B/C", "a.B/*"), List.of("anyone")), "rule"))))
			.containsExactly("rule.methods[0] (a.B/C) says nothing that rule.methods[1] (a.B/*) does not say");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "any-peer | dns:a", "anyone | dns:a", "anyone | any-peer", "any-peer | any-peer",
					"any-peer | uri:spiffe://prod/*", "any-peer | ip:10.0.0.0/8", "dns:a.b | dns:A.b",
					"dns:*.peers.example.com | dns:a.peers.example.com", "uri:spiffe://prod/* | uri:spiffe://prod/a/*",
					"uri:spiffe://prod/* | uri:spiffe://prod/a", "ip:10.0.0.0/8 | ip:10.1.0.0/16",
					"ip:10.0.0.0/8 | ip:10.1.2.3", "ip:2001:db8::/32 | ip:2001:db8:0:0:0:0:0:1",
					"email:a@B.example | email:a@b.example" })
	void nameInWhosePlaceAnotherAdmitsIsFoundWhereverItStands(String wide, String narrow) {
		assertThat(found(wide, narrow)).singleElement()
			.asString()
			.matches("rules\\[0]\\.allow\\[1] .* allows nobody whom rules\\[0]\\.allow\\[0] .* does not allow anyway");
		assertThat(found(wide)).isEmpty();
		assertThat(found(narrow)).isEmpty();
		if (!isEqual(wide, narrow)) {
			assertThat(found(narrow, wide)).singleElement().asString().startsWith("rules[0].allow[0] (");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "dns:a | dns:b", "dns:*.b | dns:b", "dns:*.b | dns:a.a.b", "dns:null | dns:localhost",
					"uri:spiffe://prod/a/* | uri:spiffe://prod/b", "uri:spiffe://prod/a/* | uri:spiffe://prod/a",
					"ip:10.0.0.0/8 | ip:11.1.2.3", "ip:10.1.0.0/16 | ip:11.0.0.0/8",
					"ip:0.0.0.0/0 | ip:2001:db8:0:0:0:0:0:1", "dns:a.b | email:a@a.b",
					"uri:https://a/b | uri:https://a/b/c" })
	void nameThatAnotherDoesNotReplaceIsNotFound(String one, String other) {
		assertThat(found(one, other)).isEmpty();
		assertThat(found(other, one)).isEmpty();
	}

	private static boolean isEqual(String one, String other) {
		AllowedName name = AllowedName.parse(List.of(one), "it").get(0);
		return AllowedName.parse(List.of(other), "it").get(0).covers(name);
	}

	private static List<String> found(String... allow) {
		return IdleParts.of(rules(rule("*", allow)));
	}

	private static List<Rule> rules(AuthorizationProperties.Rule... rules) {
		return IntStream.range(0, rules.length)
			.mapToObj((i) -> Rule.parse(rules[i], "rules[%d]".formatted(i)))
			.toList();
	}

	private static AuthorizationProperties.Rule rule(String method, String... allow) {
		return new AuthorizationProperties.Rule(List.of(method), Arrays.asList(allow));
	}

}
