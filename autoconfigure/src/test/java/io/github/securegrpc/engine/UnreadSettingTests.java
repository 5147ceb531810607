package io.github.securegrpc.engine;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.securegrpc.engine.SecuredSide.Side;
import io.github.securegrpc.engine.SecuredSide.State;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Variables of the environment that set what no side reads.
 */
class UnreadSettingTests {

	@ParameterizedTest
	@ValueSource(strings = { "SECUREGRPC_SERVER_CERT", "SECURE_GRPC_SERVER_CERT", "SECUREGRPC_TRUTHCHECK_ENABLED",
			"SECURE_GRPC_TRUTH_CHECK_ENABLED", "SECURE_GRPC_AUDIT" })
	void thoseOfAServerAreRefusedWhereThereAreChannelsOnly(String variable) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> check(variable, Side.CLIENT))
			.withMessageContaining("no gRPC server reads it");
		assertThatNoException().isThrownBy(() -> check(variable, Side.CLIENT, Side.SERVER));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SECUREGRPC_CERT", "SECURE_GRPC_KEY_PASSWORD", "SECURE_GRPC_DEV_CA_ENABLED",
			"SECURE_GRPC_CRL_POLICY" })
	void thoseOfAllSidesAreRefusedWhereThereIsNone(String variable) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> check(variable));
		assertThatNoException().isThrownBy(() -> check(variable, Side.CLIENT));
	}

	private static void check(String variable, Side... sides) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(variable, "any")));
		new EngineGuard(
				List.of(sides).stream().map((side) -> new SecuredSide(side, Engine.DEVH, () -> State.RUNS)).toList(),
				environment)
			.checkSettings();
	}

}
