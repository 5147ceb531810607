package io.github.securegrpc.engine;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which engine stays where both are on the class path, as they are here.
 */
class EngineChoiceTests {

	private static final ClassLoader BOTH = EngineChoiceTests.class.getClassLoader();

	@Test
	void nobodyIsConfigured() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> notChosen(BOTH))
			.withMessageContaining("two engines of gRPC are on the class path")
			.withMessageContaining("no properties of either");
	}

	@Test
	void bothAreConfigured() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> notChosen(BOTH, "grpc.client.a.address=static://a:1", "spring.grpc.server.port=1"))
			.withMessageContaining("properties of both");
	}

	@Test
	void variablesOfOtherGrpcLibrariesConfigureNobody() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> notChosen(BOTH, "GRPC_VERBOSITY=debug"));
	}

	@ParameterizedTest
	@CsvSource({ "grpc.server.port=1, BOOT", "grpc.client.a.address=static://a:1, BOOT",
			"spring.grpc.server.port=1, DEVH", "spring.grpc.client.channel.a.target=a:1, DEVH" })
	void oneIsConfigured(String property, Engine other) {
		assertThat(notChosen(BOTH, property)).isEqualTo(other);
	}

	@ParameterizedTest
	@CsvSource({ "devh, BOOT", "boot, DEVH", "BOOT, DEVH" })
	void oneIsNamed(String named, Engine other) {
		assertThat(notChosen(BOTH, "secure-grpc.engine=" + named, "grpc.server.port=1", "spring.grpc.server.port=1"))
			.isEqualTo(other);
	}

	@Test
	void oneAloneNeedsNoName() {
		assertThat(notChosen(new FilteredClassLoader("net.devh"))).isNull();
		assertThat(notChosen(new FilteredClassLoader("org.springframework.grpc", "org.springframework.boot.grpc")))
			.isNull();
	}

	@Test
	void namedOneIsNotThere() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> notChosen(new FilteredClassLoader("net.devh"), "secure-grpc.engine=devh"))
			.withMessageContaining("secure-grpc.engine is devh, but net.devh is not on the class path");
	}

	private static @Nullable Engine notChosen(ClassLoader loader, String... properties) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test",
					Arrays.stream(properties)
						.map((property) -> property.split("=", 2))
						.collect(Collectors.toMap((parts) -> parts[0], (parts) -> (Object) parts[1]))));
		return new EngineChoice(environment, loader).notChosen();
	}

}
