package io.github.securegrpc.peer.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of rules that can never have an effect: methods that are decided
 * before, and names of peers that another name of the rule admits. Whoever wrote them
 * meant something else.
 */
final class IdleParts {

	private final List<String> found = new ArrayList<>();

	/* Where each method, service and all are named first. */
	private final Map<String, String> first = new HashMap<>();

	private IdleParts() {
	}

	/* Returns a sentence about each. */
	static List<String> of(List<Rule> rules) {
		IdleParts parts = new IdleParts();
		for (Rule rule : rules) {
			parts.addMethods(rule);
			parts.addNames(rule);
		}
		return parts.found;
	}

	private void addMethods(Rule rule) {
		Map<String, String> own = new HashMap<>();
		for (int i = 0; i < rule.methods().size(); i++) {
			own.putIfAbsent(rule.methods().get(i).key(), part(rule, i));
		}
		for (int i = 0; i < rule.methods().size(); i++) {
			MethodPattern pattern = rule.methods().get(i);
			String before = named(pattern.keys(), this.first);
			String wider = named(pattern.keys().stream().skip(1).toList(), own);
			if (before != null) {
				this.found.add("%s never decides: %s does before".formatted(part(rule, i), before));
			}
			else if (wider != null) {
				this.found.add("%s says nothing that %s does not say".formatted(part(rule, i), wider));
			}
			this.first.putIfAbsent(pattern.key(), part(rule, i));
		}
	}

	private static String part(Rule rule, int method) {
		return "%s.methods[%d] (%s)".formatted(rule.property(), method, rule.methods().get(method).text());
	}

	private static @Nullable String named(List<String> keys, Map<String, String> where) {
		for (String key : keys) {
			String named = where.get(key);
			if (named != null) {
				return named;
			}
		}
		return null;
	}

	private void addNames(Rule rule) {
		List<AllowedName> names = rule.names();
		for (int i = 0; i < names.size(); i++) {
			for (int j = 0; j < names.size(); j++) {
				boolean equal = names.get(i).covers(names.get(j));
				if (i != j && names.get(j).covers(names.get(i)) && !(equal && i < j)) {
					this.found.add("%s.allow[%d] (%s) allows nobody whom %s.allow[%d] (%s) does not allow anyway"
						.formatted(rule.property(), i, names.get(i).text(), rule.property(), j, names.get(j).text()));
					break;
				}
			}
		}
	}

}
