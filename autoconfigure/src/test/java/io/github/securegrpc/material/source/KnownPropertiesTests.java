package io.github.securegrpc.material.source;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.securegrpc.client.ClientProperties;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.peer.rules.AuthorizationProperties;
import io.github.securegrpc.server.ServerProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class KnownPropertiesTests {

	private final KnownProperties known = new KnownProperties(List.of(TlsProperties.class, ServerProperties.class,
			ClientProperties.class, AuthorizationProperties.class));

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

	@ParameterizedTest
	@CsvSource({ "SECUREGRPC_CRT, securegrpc.crt is not a property",
			"SECURE_GRPC_CRT, secure-grpc.crt is not a property",
			"SECURE_GRPC_SERVER_CLEINT_AUTH, secure-grpc.server.cleint.auth is not a property",
			"SECURE_GRPC_AUTHORISATION_RULES_0_METHODS, is not a property",
			"SECUREGRPC_AUTHORIZATION_RULES_X_METHODS, is not a property",
			"SECURE_GRPC_CLIENT_CHANNELS_LEDGER_CA, 'secure.grpc.client.channels.ledger.ca is not read (expected: secure-grpc.client.channels.ledger.ca, or SECUREGRPC_CLIENT_CHANNELS_LEDGER_CA in the environment)'",
			"SECURE_GRPC_CLIENT_CHANNELS_LEDGER_PINS_0, or SECUREGRPC_CLIENT_CHANNELS_LEDGER_PINS_0 in the environment" })
	void environmentVariablesThatAreNotReadAreRefused(String variable, String message) {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.known.refuseOthers(environment(variable)))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SECURE_GRPC_CERT", "SECUREGRPC_CERT", "SECURE_GRPC_KEY_PASSWORD",
			"SECUREGRPC_KEYPASSWORD", "SECURE_GRPC_SERVER_CLIENT_AUTH", "SECUREGRPC_SERVER_CLIENTAUTH",
			"SECURE_GRPC_SERVER_PROTOCOLS_0", "SECURE_GRPC_AUTHORIZATION_RULES_0_ALLOW_1",
			"SECUREGRPC_CLIENT_CHANNELS_LEDGER_PINS_0", "SECURE_GRPC_SERVICE_HOST", "SECURE_GRPC_SERVICE_PORT_HTTPS",
			"SECURE_GRPC_PORT", "SECURE_GRPC_PORT_443_TCP_ADDR", "SECUREGRPC_SERVICE_PORT" })
	void environmentVariablesThatAreReadOrOfKubernetesPass(String variable) {
		assertThatNoException().isThrownBy(() -> this.known.refuseOthers(environment(variable)));
	}

	@Test
	void dotsInsteadOfDashesAreRefused() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> check("secure.grpc.cert"))
			.withMessageContaining("expected: secure-grpc.cert");
	}

	private static StandardEnvironment environment(String variable) {
		StandardEnvironment environment = new StandardEnvironment();
		String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
		environment.getPropertySources()
			.replace(name, new SystemEnvironmentPropertySource(name, Map.of(variable, "x")));
		return environment;
	}

	private void check(String name) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of(name, "x")));
		this.known.refuseOthers(environment);
	}

}
