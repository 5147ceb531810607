package io.github.securegrpc.peer;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.securegrpc.material.NearestName;
import io.github.securegrpc.material.RefusedException;

/**
 * Names methods by their full names, as gRPC compares them: case counts.
 *
 * @param text {@code package.Service/Method}, {@code package.Service/*} or {@code *}
 */
record MethodPattern(String text) {

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
		return method.equals(this.text) || this.text.equals("*")
				|| (isService() && method.startsWith(this.text.substring(0, this.text.length() - 1)));
	}

	Optional<String> nearest(Collection<String> methods) {
		return NearestName.of(this.text, isService()
				? methods.stream().map((method) -> method.substring(0, method.indexOf('/')) + "/*").toList() : methods);
	}

	private boolean isService() {
		return this.text.endsWith("/*");
	}

}
