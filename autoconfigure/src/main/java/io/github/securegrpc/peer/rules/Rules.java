package io.github.securegrpc.peer.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.NearestName;
import io.github.securegrpc.text.PrintableLog;

/**
 * The rules of {@code secure-grpc.authorization}: the first that is for a method decides.
 * Which one that is, is found once for each method. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Rules {

	/**
	 * The prefix of the properties.
	 */
	public static final String PREFIX = "secure-grpc.authorization";

	private static final PrintableLog logger = PrintableLog.of(Rules.class);

	private final List<Rule> rules;

	/*
	 * Where the first rule is for each method, each service with its slash, and for all.
	 */
	private final Map<String, Integer> first = new HashMap<>();

	private final boolean areShadow;

	private Rules(List<Rule> rules, boolean areShadow) {
		this.rules = List.copyOf(rules);
		this.areShadow = areShadow;
		for (int i = 0; i < rules.size(); i++) {
			for (MethodPattern pattern : rules.get(i).methods()) {
				this.first.putIfAbsent(pattern.key(), i);
			}
		}
	}

	/**
	 * Returns the rules that the properties say.
	 * @param properties the properties
	 * @return the rules, or empty where there are none to ask
	 * @throws RefusedException if one is malformed, or nothing but the mode is set
	 */
	public static Optional<Rules> of(AuthorizationProperties properties) {
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

	/**
	 * Says what holds from now on, and what of it says nothing.
	 */
	public void announce() {
		if (this.areShadow) {
			logger.warn(
					"%s.mode is shadow: %d rules are asked and not enforced, what they would deny is served and logged"
						.formatted(PREFIX, this.rules.size()));
		}
		else {
			logger.info("%s: %d rules are enforced".formatted(PREFIX, this.rules.size()));
		}
		IdleParts.of(this.rules)
			.forEach((part) -> logger
				.warn("%s. Remove it, or write what it should do before what makes it idle.".formatted(part)));
	}

	/**
	 * Returns what holds, in short.
	 * @return the mode and the number of rules
	 */
	public Authorization summary() {
		return new Authorization(this.areShadow ? AuthorizationMode.SHADOW : AuthorizationMode.ENFORCE,
				this.rules.size());
	}

	/**
	 * Returns whether the rules are asked and not enforced.
	 * @return {@code true} if what they would deny is served
	 */
	public boolean areShadow() {
		return this.areShadow;
	}

	/**
	 * Asks whether a peer may call a method.
	 * @param method the full name of the method
	 * @param peer the names of the peer, or {@code null} without a certificate
	 * @param user the user whose password was verified, or {@code null} without one
	 * @return what speaks against it, in words, or {@code null}
	 */
	public @Nullable String objection(String method, @Nullable PeerNames peer, @Nullable String user) {
		Optional<Rule> rule = of(method);
		if (rule.isEmpty()) {
			return "no rule of %s names the method".formatted(PREFIX);
		}
		return rule.get().allowed().admit(peer, user) ? null : rule.get().property() + " does not allow it";
	}

	/**
	 * Returns whether a method is for anyone, without a certificate or a password.
	 * @param method the full name of the method
	 * @return whether it is
	 */
	public boolean areForAnyone(String method) {
		return of(method).map((rule) -> rule.allowed().scope() == AllowedPeers.Scope.ANYONE).orElse(false);
	}

	/**
	 * Refuses users where nobody asks for a password: they could never match.
	 * @throws RefusedException if a rule names one
	 */
	public void requireNoUser() {
		for (Rule rule : this.rules) {
			for (AllowedName name : rule.names()) {
				if (name instanceof AllowedName.User) {
					throw new RefusedException(
							"%s.allow has %s, but secure-grpc.server.basic-auth.users is not set (expected: the file of users and passwords)"
								.formatted(rule.property(), name.text()),
							"Set secure-grpc.server.basic-auth.users, or remove the user from the rule.");
				}
			}
		}
	}

	/**
	 * Warns of users who are not there: they were probably meant for others.
	 * @param users the names of those who are
	 */
	public void warnOfUnknownUsers(Set<String> users) {
		for (Rule rule : this.rules) {
			for (AllowedName name : rule.names()) {
				if (name instanceof AllowedName.User user && !user.name().equals(AllowedName.User.ANY)
						&& !users.contains(user.name())) {
					logger.warn("%s.allow names %s, who is not among secure-grpc.server.basic-auth.users. %s".formatted(
							rule.property(), user.text(),
							NearestName.of(user.name(), users)
								.map("Did you mean %s?"::formatted)
								.orElse("Add the user there, or remove it here.")));
				}
			}
		}
	}

	/* Nothing is kept of a method: its name may be the peer's invention. */
	Optional<Rule> of(String method) {
		int index = Math.min(index(method), Math.min(index(MethodPattern.serviceOf(method)), index(MethodPattern.ALL)));
		return (index < this.rules.size()) ? Optional.of(this.rules.get(index)) : Optional.empty();
	}

	private int index(String key) {
		return this.first.getOrDefault(key, Integer.MAX_VALUE);
	}

	/**
	 * Warns of rules for methods that are not there: they were probably meant for others.
	 * @param methods the full names of all methods of the server
	 */
	public void warnOfUnknown(Collection<String> methods) {
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
