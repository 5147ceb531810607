package io.github.securegrpc.client;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Which names a certificate can match.
 */
class ServerNamesTests {

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "ledger.internal", "ledger.internal.", "a-b.c1", "127.0.0.1", "::1", "[::1]",
			"2001:db8::1", "bücher.example" })
	void nameThatACertificateHasPasses(String name) {
		assertThatNoException().isThrownBy(() -> ServerNames.check("server-name", name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a:1", "[::1]:1", "dns:///a", "a/b", "a_b", ".a", "a..b", "-a", "*" })
	void nameThatNoneHasIsRefused(String name) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> ServerNames.check("server-name", name))
			.withMessageStartingWith("server-name is '%s'".formatted(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "static://localhost:1", "dns:///a-b.c:1", "unix:/run/my_socket", "in-process:my_server",
			"static://[::1]:1", "discovery:///ledger", "xds:///my_cluster", "localhost" })
	void otherTargetsPass(String target) {
		assertThatNoException().isThrownBy(() -> ServerNames.checkTarget("a", target));
	}

}
