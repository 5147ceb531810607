package io.github.securegrpc.engine;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of the engine that an application has left.
 */
@ExtendWith(OutputCaptureExtension.class)
class LeftoverSettingsTests {

	private final MockEnvironment environment = new MockEnvironment()
		.withProperty("grpc.client.ledger.address", "static://127.0.0.1:9090")
		.withProperty("spring.grpc.server.port", "9090");

	@Test
	void settingsOfTheOtherEngineAreNamed(CapturedOutput output) {
		warn(Set.of(Engine.BOOT));
		assertThat(output).contains("read by nobody: grpc.client.ledger.address. They are settings of net.devh")
			.doesNotContain("spring.grpc.server.port");
	}

	@Test
	void settingsOfTheEnginesThatRunAreNot(CapturedOutput output) {
		warn(Set.of(Engine.BOOT, Engine.DEVH));
		warn(Set.of());
		assertThat(output).doesNotContain("read by nobody");
	}

	@Test
	void listIsBounded(CapturedOutput output) {
		for (int i = 0; i < 20; i++) {
			this.environment.withProperty("grpc.client.c%d.address".formatted(i), "x");
		}
		warn(Set.of(Engine.BOOT));
		assertThat(output).contains(" and 11 more. ");
	}

	private void warn(Set<Engine> running) {
		ConfigurationPropertySources.attach(this.environment);
		LeftoverSettings.warn(this.environment, running);
	}

}
