package io.github.securegrpc.engine;

import java.util.Set;

import org.springframework.boot.autoconfigure.AutoConfigurationImportEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationImportListener;

import io.github.securegrpc.material.RefusedException;

/**
 * Refuses that guards are excluded: what they guard would be open without a word.
 */
final class ExclusionListener implements AutoConfigurationImportListener {

	private static final Set<String> GUARDS = Set.of("io.github.securegrpc.engine.EngineGuardAutoConfiguration",
			"io.github.securegrpc.devh.repair.ReaderGuardAutoConfiguration");

	@Override
	public void onAutoConfigurationImportEvent(AutoConfigurationImportEvent event) {
		for (String excluded : event.getExclusions()) {
			if (GUARDS.contains(excluded)) {
				throw new RefusedException(
						"the auto-configuration %s is excluded (expected: not, it guards what others leave open)"
							.formatted(excluded),
						"Remove it from spring.autoconfigure.exclude and from every exclude of @EnableAutoConfiguration and @SpringBootApplication.");
			}
		}
	}

}
