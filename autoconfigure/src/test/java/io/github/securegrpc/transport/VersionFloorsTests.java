package io.github.securegrpc.transport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class VersionFloorsTests {

	@ParameterizedTest
	@CsvSource({ "1.83.0,1.83.1", "1.80.0,1.83.1", "4.2.16.Final,4.2.17", "4.1.136.Final,4.1.137" })
	void olderVersionIsRefusedWithTheOneWanted(String found, String floor) {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> VersionFloors.check("library", found, floor, "property"))
			.withMessageContaining(found)
			.withMessageContaining(floor);
	}

	@ParameterizedTest
	@CsvSource({ "1.83.1,1.83.1", "1.100.0,1.83.1", "4.2.17.Final,4.2.17", "5.0.0,4.2.17" })
	void sameOrNewerVersionPasses(String found, String floor) {
		assertThatNoException().isThrownBy(() -> VersionFloors.check("library", found, floor, "property"));
	}

	@Test
	void versionsOfThisBuildPass() {
		ClassLoader loader = getClass().getClassLoader();
		assertThatNoException().isThrownBy(() -> {
			VersionFloors.checkGrpc(loader);
			VersionFloors.checkNetty(loader);
		});
	}

}
