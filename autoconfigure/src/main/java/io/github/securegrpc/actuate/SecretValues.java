package io.github.securegrpc.actuate;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.Location;

/**
 * Hides private keys and passwords from {@code env}, {@code configprops} and their like,
 * also where {@code show-values} is {@code always}: our own properties however they are
 * spelled, passwords of SSL bundles, text that sets one of them, every value in which
 * there may be a private key, and every value that repeats a password of ours.
 * Certificates and paths are shown.
 */
final class SecretValues implements SanitizingFunction {

	private static final String OURS = "securegrpc";

	/* Of the bundles that our properties may name. */
	private static final String BUNDLES = "springsslbundle";

	private static final Pattern NAME = Pattern.compile("(?i)secure[-_.]?grpc");

	private static final Pattern PASSWORD = Pattern.compile("(?i)pass[-_]?word[\"']?\\s*[=:]");

	/** What is shorter is in half of all values. */
	private static final int TELLING = 5;

	/** A part of a key that is worth having. */
	private static final int PART_OF_A_KEY = 24;

	private final Set<String> passwords;

	private final Set<String> keys;

	SecretValues(Set<@Nullable String> passwords, Set<@Nullable String> keys) {
		this.passwords = passwords.stream()
			.filter((password) -> password != null && !password.isEmpty())
			.collect(Collectors.toUnmodifiableSet());
		this.keys = keys.stream()
			.flatMap(Stream::ofNullable)
			.filter(PrivateKeyText::isIn)
			.map(PrivateKeyText::body)
			.collect(Collectors.toUnmodifiableSet());
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		Object value = data.getValue();
		return (value != null && isSecret(data.getKey(), value.toString())) ? data.withSanitizedValue() : data;
	}

	private boolean isSecret(String key, String value) {
		String name = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		return (name.contains(OURS) && isSecretOfOurs(name, value))
				|| (name.contains(BUNDLES) && name.endsWith("password")) || setsAPassword(value)
				|| PrivateKeyText.isIn(value) || repeatsAKey(PrivateKeyText.body(value))
				|| this.passwords.stream().anyMatch((password) -> repeats(value, password));
	}

	private static boolean isSecretOfOurs(String name, String value) {
		return name.endsWith("password")
				|| ((name.endsWith("key") || name.endsWith("basicauthusers")) && !value.isBlank() && !isPath(value));
	}

	/* A command line, or JSON. */
	private static boolean setsAPassword(String value) {
		Matcher name = NAME.matcher(value);
		return name.find() && PASSWORD.matcher(value).find(name.end());
	}

	/* What prints as itself is no content. */
	private static boolean isPath(String value) {
		try {
			return new Location(value, "key").toString().startsWith(value.strip());
		}
		catch (RefusedException ex) {
			return false;
		}
	}

	private static boolean repeats(String value, String password) {
		return (password.length() < TELLING) ? value.equals(password) : value.contains(password);
	}

	/* A placeholder may stand for all of a key but its boundaries, or for a part. */
	private boolean repeatsAKey(String body) {
		return body.length() >= PART_OF_A_KEY
				&& this.keys.stream().anyMatch((key) -> key.contains(body) || body.contains(key));
	}

	@Override
	public String toString() {
		return "SecretValues[%d passwords]".formatted(this.passwords.size());
	}

}
