package io.github.securegrpc.client;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What may stand before the methods of a channel.
 */
class PathPrefixTests {

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "/", "//", "a//b", "..", "a/../b", "./a", "a b", "a?b", "a#b", "a%2fb", "a\nb",
			"https://a" })
	void whatIsNoPathIsRefusedWithItsProperty(String written) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> PathPrefix.of("the.property", written))
			.withMessageStartingWith("the.property is \"")
			.satisfies((ex) -> assertThat(ex.action()).contains("proxy"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "grpc", "/grpc", "/grpc/", "api/v1", "a.b-c_d~e", "...", "..a" })
	void pathIsAccepted(String written) {
		assertThatNoException().isThrownBy(() -> PathPrefix.of("the.property", written));
	}

}
