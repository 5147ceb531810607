package io.github.securegrpc.engine;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.SetProperties;

/**
 * Which engine makes the servers and channels where both are on the class path: the one
 * that the user names, or else the one that something is configured for. Two of them
 * cannot run side by side: their beans have the same names.
 */
final class EngineChoice {

	private static final String PROPERTY = "secure-grpc.engine";

	private final Environment environment;

	private final @Nullable ClassLoader classLoader;

	EngineChoice(Environment environment, @Nullable ClassLoader classLoader) {
		this.environment = environment;
		this.classLoader = classLoader;
	}

	/* The one to keep away, if any. */
	@Nullable Engine notChosen() {
		Set<Engine> present = EnumSet.noneOf(Engine.class);
		KnownFactory.ALL.stream()
			.filter((factory) -> ClassUtils.isPresent(factory.type(), this.classLoader))
			.forEach((factory) -> present.add(factory.engine()));
		Engine named = Binder.get(this.environment).bind(PROPERTY, Engine.class).orElse(null);
		if (named != null && !present.contains(named)) {
			throw new RefusedException(
					"%s is %s, but %s is not on the class path".formatted(PROPERTY, word(named), named),
					"Add %s, or remove %s.".formatted(starters(named), PROPERTY));
		}
		if (present.size() < 2) {
			return null;
		}
		Engine chosen = (named != null) ? named : configured();
		return (chosen == Engine.DEVH) ? Engine.BOOT : Engine.DEVH;
	}

	private Engine configured() {
		Set<Engine> configured = Arrays.stream(Engine.values())
			.filter((engine) -> engine.prefixes()
				.stream()
				.anyMatch((prefix) -> SetProperties.under(this.environment, prefix).findAny().isPresent()))
			.collect(Collectors.toSet());
		if (configured.size() == 1) {
			return configured.iterator().next();
		}
		throw new RefusedException(
				"two engines of gRPC are on the class path, net.devh and Spring Boot's own, and %s are set (expected: one of them)"
					.formatted(configured.isEmpty() ? "no properties of either" : "properties of both"),
				"Remove the starters of one, or set %s to devh or boot: the other is left out.".formatted(PROPERTY));
	}

	static String starters(Engine engine) {
		return (engine == Engine.DEVH) ? "net.devh's grpc-server-spring-boot-starter or grpc-client-spring-boot-starter"
				: "spring-boot-starter-grpc-server or spring-boot-starter-grpc-client";
	}

	private static String word(Engine engine) {
		return engine.name().toLowerCase(Locale.ROOT);
	}

}
