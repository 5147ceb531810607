package io.github.securegrpc.engine;

import java.util.Set;

import org.springframework.boot.autoconfigure.AutoConfigurationImportEvent;
import org.springframework.boot.autoconfigure.AutoConfigurationImportListener;

import io.github.securegrpc.material.RefusedException;

/**
 * Refuses that guards are excluded, for what they guard would be open without a word, and
 * what every engine needs, for what is missing then says little.
 */
final class ExclusionListener implements AutoConfigurationImportListener {

	private static final Set<String> NEEDED = Set.of("io.github.securegrpc.client.ClientTlsAutoConfiguration",
			"io.github.securegrpc.devh.repair.ReaderGuardAutoConfiguration",
			"io.github.securegrpc.engine.EngineAutoConfiguration",
			"io.github.securegrpc.engine.EngineGuardAutoConfiguration",
			"io.github.securegrpc.material.source.MaterialAutoConfiguration",
			"io.github.securegrpc.peer.PeerAutoConfiguration",
			"io.github.securegrpc.rotation.RotationAutoConfiguration",
			"io.github.securegrpc.server.ServerTlsAutoConfiguration",
			"io.github.securegrpc.transport.TransportAutoConfiguration");

	@Override
	public void onAutoConfigurationImportEvent(AutoConfigurationImportEvent event) {
		for (String excluded : event.getExclusions()) {
			if (NEEDED.contains(excluded)) {
				throw new RefusedException(
						"the auto-configuration %s is excluded (expected: not, what is secured needs it, or it guards what others leave open)"
							.formatted(excluded),
						"Remove it from spring.autoconfigure.exclude and from every exclude of @EnableAutoConfiguration and @SpringBootApplication. An application without secure-grpc has no starter of it.");
			}
		}
	}

}
