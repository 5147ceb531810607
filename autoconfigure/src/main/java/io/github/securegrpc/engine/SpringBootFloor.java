package io.github.securegrpc.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.securegrpc.material.RefusedException;

/**
 * The oldest Spring Boot that has what we build on: before 4.0, the types of health and
 * of meters have other packages, and ours would be absent without a word. A version that
 * cannot be told is let pass.
 */
final class SpringBootFloor {

	private static final int FLOOR = 4;

	private static final Pattern MAJOR = Pattern.compile("(\\d{1,4})\\..*");

	private SpringBootFloor() {
	}

	static void check(@Nullable String found) {
		Matcher major = MAJOR.matcher((found != null) ? found : "");
		if (major.matches() && Integer.parseInt(major.group(1)) < FLOOR) {
			throw new RefusedException(
					"Spring Boot is %s (expected: 4.0 or later; before, health and meters of secure-grpc would be absent)"
						.formatted(found),
					"Upgrade to Spring Boot 4.1, by the version of spring-boot-starter-parent, of spring-boot-dependencies or of Gradle's plugin.");
		}
	}

}
