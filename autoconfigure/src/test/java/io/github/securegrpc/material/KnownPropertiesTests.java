package io.github.securegrpc.material;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class KnownPropertiesTests {

	private final KnownProperties known = new KnownProperties(List.of(TlsProperties.class));

	@ParameterizedTest
	@ValueSource(strings = { "secure-grpc.cert", "secure-grpc.key-password", "secure-grpc.keyPassword",
			"secure-grpc.KEY_PASSWORD", "secure-other.x" })
	void everySpellingOfAKnownPropertyPasses(String name) {
		assertThatNoException().isThrownBy(() -> check(name));
	}

	@Test
	void nearestNameIsSuggested() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> check("secure-grpc.key-pasword"))
			.satisfies((ex) -> assertThat(ex.action()).isEqualTo("Did you mean secure-grpc.key-password?"));
	}

	@Test
	void environmentVariablesAreHeldToItToo() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of("SECUREGRPC_CRT", "x")));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> this.known.refuseOthers(environment))
			.withMessageContaining("is not a property");
	}

	private void check(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "x")));
		this.known.refuseOthers(environment);
	}

}
