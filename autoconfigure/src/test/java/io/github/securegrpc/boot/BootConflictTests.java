package io.github.securegrpc.boot;

import java.util.HashMap;
import java.util.Map;

import io.grpc.TlsServerCredentials.ClientAuth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.application.TestApplication;
import io.github.securegrpc.application.TestEngine;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What is left of Spring Boot's own TLS settings of gRPC beside ours, in every spelling.
 */
class BootConflictTests extends StartGuards {

	@ParameterizedTest
	@ValueSource(strings = { "enabled=true", "enabled=false", "bundle=x", "clientAuth=REQUIRE", "client-auth=none",
			"client_auth=optional", "secure=true", "secure=false" })
	void anyKeyOfTheServer(String leftover) {
		doesNotStart("spring.grpc.server.ssl." + leftover);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "ssl.bundle=x", "ssl.enabled=true", "ssl.enabled=false", "bypass-certificate-validation=true",
					"bypassCertificateValidation=true", "bypass_certificate_validation=false" })
	void anyKeyOfAChannel(String leftover) {
		doesNotStart("spring.grpc.client.channel.a." + leftover,
				"spring.grpc.client.channel.a.target=static://127.0.0.1:1");
	}

	/* What it says it does would not be in force. */
	@Test
	void keyOfAChannelWithinTheProcess() {
		doesNotStart("spring.grpc.client.channel.a.ssl.bundle=x", "spring.grpc.client.channel.a.target=in-process:a");
	}

	@ParameterizedTest
	@CsvSource({ "SPRING_GRPC_SERVER_SSL_CLIENTAUTH, secure-grpc.server.client-auth",
			"SPRING_GRPC_SERVER_SSL_CLIENT_AUTH, secure-grpc.server.client-auth",
			"SPRING_GRPC_SERVER_SSL_BUNDLE, secure-grpc.server.bundle",
			"SPRING_GRPC_SERVER_SSL_SECURE, secure-grpc.server.ca",
			"SPRING_GRPC_CLIENT_CHANNEL_LEDGER_SSL_BUNDLE, secure-grpc.client.channels.ledger.bundle",
			"SPRING_GRPC_CLIENT_CHANNEL_LEDGER_BYPASSCERTIFICATEVALIDATION, secure-grpc.client.channels.ledger.ca",
			"SPRING_GRPC_CLIENT_CHANNEL_LEDGER_BYPASS_CERTIFICATE_VALIDATION, secure-grpc.client.channels.ledger.ca" })
	void variableOfTheEnvironmentIsNamedWithItsCounterpart(String variable, String counterpart) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> check(variables(Map.of(variable, "x"))))
			.withMessageContaining(variable)
			.satisfies((refusal) -> assertThat(refusal.action()).contains(counterpart));
	}

	@Test
	void otherSettingsAreNoConflict() {
		assertThatCode(() -> check(variables(Map.of("SPRING_GRPC_SERVER_PORT", "1",
				"SPRING_GRPC_CLIENT_CHANNEL_LEDGER_TARGET", "x", "SPRING_GRPC_CLIENT_CHANNEL_SSL_TARGET", "x"))))
			.doesNotThrowAnyException();
	}

	/* The word is the name of a channel. */
	@Test
	void channelThatIsCalledLikeASettingIsNoConflict() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of("spring.grpc.client.channel.ssl.target", "x",
					"spring.grpc.client.channel.bypass-certificate-validation.target", "x")));
		assertThatCode(() -> check(environment)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "bundle", "enabled", "secure", "client-auth" })
	void whatCodeSetsOfTheServerDoesNotStart(String setting) {
		GrpcServerProperties server = new GrpcServerProperties();
		StandardEnvironment environment = new StandardEnvironment();
		BootConflicts.checkServer(environment, server);
		switch (setting) {
			case "bundle" -> server.getSsl().setBundle("x");
			case "enabled" -> server.getSsl().setEnabled(false);
			case "secure" -> server.getSsl().setSecure(false);
			default -> server.getSsl().setClientAuth(ClientAuth.OPTIONAL);
		}
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> BootConflicts.checkServer(environment, server))
			.withMessageContaining("spring.grpc.server.ssl.* has TLS settings beside secure-grpc");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bundle", "enabled", "bypass" })
	void whatCodeSetsOfAChannelDoesNotStart(String setting) {
		GrpcClientProperties client = new GrpcClientProperties();
		GrpcClientProperties.Channel channel = new GrpcClientProperties.Channel();
		client.getChannel().put("ledger", channel);
		StandardEnvironment environment = new StandardEnvironment();
		BootConflicts.checkChannels(environment, client);
		switch (setting) {
			case "bundle" -> channel.getSsl().setBundle("x");
			case "enabled" -> channel.getSsl().setEnabled(false);
			default -> channel.setBypassCertificateValidation(true);
		}
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> BootConflicts.checkChannels(environment, client))
			.withMessageContaining("spring.grpc.client.channel.ledger.* has TLS settings beside secure-grpc");
	}

	/* It is named as it is written. */
	private void doesNotStart(String leftover, String... properties) {
		assertThatThrownBy(() -> TestApplication
			.start(TestEngine.BOOT, getClass().getClassLoader(),
					with(with(pair(this.cert, this.key), properties), leftover))
			.close())
			.satisfies((ex) -> assertThat(refusal(ex)).hasMessageContaining("is set beside secure-grpc")
				.hasMessageContaining(leftover.substring(0, leftover.indexOf('='))));
	}

	private static StandardEnvironment variables(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
		return environment;
	}

	private static void check(StandardEnvironment environment) {
		BootConflicts.checkServer(environment, new GrpcServerProperties());
		BootConflicts.checkChannels(environment, new GrpcClientProperties());
	}

}
