package io.github.securegrpc.peer.rules;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.text.NearestName;

/**
 * Names methods by their full names, as gRPC compares them: case counts.
 *
 * @param text {@code package.Service/Method}, {@code package.Service/*} or {@code *}
 */
record MethodPattern(String text) {

	static final String ALL = "*";

	private static final Pattern SYNTAX = Pattern.compile("\\*|[^/*\\s]+/(?:[^/*\\s]+|\\*)");

	static MethodPattern parse(String text, String property) {
		if (!SYNTAX.matcher(text).matches()) {
			throw new RefusedException(
					"%s: '%s' names no method (expected: package.Service/Method, package.Service/* or *)".formatted(
							property, text),
					"Write the full name as in the .proto file, without a leading slash.");
		}
		return new MethodPattern(text);
	}

	boolean matches(String method) {
		return method.equals(this.text) || this.text.equals(ALL) || (isService() && serviceOf(method).equals(key()));
	}

	/*
	 * Returns the keys of all patterns that match whatever this one does, this one's
	 * first.
	 */
	List<String> keys() {
		return Stream.of(key(), serviceOf(this.text), ALL).distinct().toList();
	}

	/*
	 * A service with its slash, of a method's full name, or nothing of what has none. As
	 * gRPC has it, the last slash ends it: a peer may invent a name with several.
	 */
	static String serviceOf(String method) {
		return method.substring(0, method.lastIndexOf('/') + 1);
	}

	/* A method, a service with its slash, or all. */
	String key() {
		return isService() ? this.text.substring(0, this.text.length() - 1) : this.text;
	}

	Optional<String> nearest(Collection<String> methods) {
		return NearestName.of(this.text,
				isService() ? methods.stream().map((method) -> serviceOf(method) + "*").toList() : methods);
	}

	private boolean isService() {
		return this.text.endsWith("/*");
	}

}
