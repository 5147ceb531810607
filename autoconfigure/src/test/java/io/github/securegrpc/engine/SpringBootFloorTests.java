package io.github.securegrpc.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootVersion;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Which Spring Boots start. That one that does not ends with an analysis,
 * .ci/tests/versions-test.sh has.
 */
class SpringBootFloorTests {

	@ParameterizedTest
	@ValueSource(strings = { "3.5.7", "3.5.0-SNAPSHOT", "2.7.18" })
	void olderIsRefused(String version) {
		assertThatThrownBy(() -> SpringBootFloor.check(version)).isInstanceOf(RefusedException.class)
			.hasMessageStartingWith("Spring Boot is %s (expected: 4.0 or later".formatted(version));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "4.0.0", "4.1.2", "5.0.0-M1", "10.0.0", "next" })
	void otherIsNot(String version) {
		assertThatCode(() -> SpringBootFloor.check(version)).doesNotThrowAnyException();
	}

	@Test
	void thatOfTheBuildIsNot() {
		assertThatCode(() -> SpringBootFloor.check(SpringBootVersion.getVersion())).doesNotThrowAnyException();
	}

}
