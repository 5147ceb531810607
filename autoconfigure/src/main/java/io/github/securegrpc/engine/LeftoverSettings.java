package io.github.securegrpc.engine;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.core.env.Environment;

import io.github.securegrpc.material.SetProperties;
import io.github.securegrpc.text.PrintableLog;

/**
 * Names the settings of an engine that makes nothing here: who left them behind believes
 * them to be in force.
 */
final class LeftoverSettings {

	private static final PrintableLog logger = PrintableLog.of(LeftoverSettings.class);

	private static final int NAMED = 10;

	private LeftoverSettings() {
	}

	static void warn(Environment environment, Set<Engine> running) {
		if (running.isEmpty()) {
			return;
		}
		EnumSet.complementOf(EnumSet.copyOf(running)).forEach((engine) -> warn(environment, engine, running));
	}

	private static void warn(Environment environment, Engine absent, Set<Engine> running) {
		List<String> names = absent.prefixes()
			.stream()
			.flatMap((prefix) -> SetProperties.under(environment, prefix))
			.map((property) -> property.name().toString())
			.distinct()
			.toList();
		if (!names.isEmpty()) {
			logger.warn(
					"Set, but read by nobody: %s. They are settings of %s, and the engine here is %s: docs/migrate.md has what takes their place"
						.formatted(text(names), absent,
								Arrays.stream(Engine.values())
									.filter(running::contains)
									.map(Engine::toString)
									.collect(Collectors.joining(" and "))));
		}
	}

	private static String text(List<String> names) {
		String first = names.stream().limit(NAMED).collect(Collectors.joining(", "));
		return (names.size() > NAMED) ? "%s and %d more".formatted(first, names.size() - NAMED) : first;
	}

}
