package io.github.securegrpc.peer.rules;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * One rule, parsed.
 *
 * @param property where it is written
 * @param methods the methods it is for
 * @param names who may call them, as it is written
 * @param allowed who may call them, to be asked
 */
record Rule(String property, List<MethodPattern> methods, List<AllowedName> names, AllowedPeers allowed) {

	static Rule parse(AuthorizationProperties.@Nullable Rule rule, String property) {
		List<String> methods = required((rule != null) ? rule.methods() : null, property + ".methods",
				"package.Service/Method, package.Service/* or *");
		List<MethodPattern> patterns = new ArrayList<>();
		for (int i = 0; i < methods.size(); i++) {
			patterns.add(MethodPattern.parse(methods.get(i), "%s.methods[%d]".formatted(property, i)));
		}
		List<String> allow = required((rule != null) ? rule.allow() : null, property + ".allow",
				"the peers that may call, any-peer or anyone");
		List<AllowedName> names = AllowedName.parse(allow, property + ".allow");
		return new Rule(property, List.copyOf(patterns), names, AllowedPeers.of(names));
	}

	private static List<String> required(@Nullable List<String> values, String property, String expected) {
		if (values == null || values.isEmpty()) {
			throw new RefusedException("%s is empty (expected: %s)".formatted(property, expected),
					"Fill it in, or remove the rule: what no rule names is denied.");
		}
		return values;
	}

}
