package io.github.securegrpc.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.securegrpc.material.PrintableLog;
import io.github.securegrpc.material.RefusedException;

/**
 * The rules of {@code secure-grpc.authorization}: the first that is for a method decides.
 * Which one that is, is found once for each method. Thread-safe.
 */
final class Rules {

	static final String PREFIX = "secure-grpc.authorization";

	private static final PrintableLog logger = PrintableLog.of(Rules.class);

	/* More methods than any server has: a fallback registry may invent names. */
	private static final int MAX_METHODS = 10_000;

	private final List<Rule> rules;

	private final Map<String, Optional<Rule>> byMethod = new ConcurrentHashMap<>();

	private final boolean areShadow;

	private Rules(List<Rule> rules, boolean areShadow) {
		this.rules = List.copyOf(rules);
		this.areShadow = areShadow;
	}

	/* Returns the rules, or empty where there are none to ask. */
	static Optional<Rules> of(AuthorizationProperties properties) {
		List<AuthorizationProperties.Rule> written = properties.rules();
		if (written == null && properties.mode() == null) {
			return Optional.empty();
		}
		if (written == null || written.isEmpty()) {
			throw new RefusedException(
					"%s is set without any rule (expected: at least %s.rules[0])".formatted(PREFIX, PREFIX),
					"Add rules, or remove %s: then any peer that client-auth admits may call.".formatted(PREFIX));
		}
		List<Rule> rules = new ArrayList<>();
		for (int i = 0; i < written.size(); i++) {
			rules.add(Rule.parse(written.get(i), "%s.rules[%d]".formatted(PREFIX, i)));
		}
		return Optional.of(new Rules(rules, properties.mode() == AuthorizationMode.SHADOW));
	}

	boolean areShadow() {
		return this.areShadow;
	}

	Optional<Rule> of(String method) {
		Optional<Rule> known = this.byMethod.get(method);
		if (known != null) {
			return known;
		}
		Optional<Rule> first = this.rules.stream().filter((rule) -> rule.isFor(method)).findFirst();
		if (this.byMethod.size() < MAX_METHODS) {
			this.byMethod.put(method, first);
		}
		return first;
	}

	/* A rule for a method that is not there was probably meant for another. */
	void warnOfUnknown(Collection<String> methods) {
		for (Rule rule : this.rules) {
			for (MethodPattern pattern : rule.methods()) {
				if (methods.stream().noneMatch(pattern::matches)) {
					logger.warn("%s.methods names %s, which the server does not have. %s".formatted(rule.property(),
							pattern.text(),
							pattern.nearest(methods)
								.map("Did you mean %s?"::formatted)
								.orElse("Remove it, or add the service.")));
				}
			}
		}
	}

}
