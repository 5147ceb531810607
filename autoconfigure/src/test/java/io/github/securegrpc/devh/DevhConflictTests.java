package io.github.securegrpc.devh;

import java.util.HashMap;
import java.util.Map;

import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.server.config.ClientAuth;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.securegrpc.application.StartGuards;
import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is left of net.devh's own TLS settings beside ours, in every spelling.
 */
class DevhConflictTests extends StartGuards {

	@Test
	void leftoverThatAskedForClientCertificatesDoesNotStartWithoutAsking() {
		refuses("grpc.server.security.client-auth is set beside secure-grpc",
				with(pair(this.cert, this.key), "grpc.server.security.clientAuth=REQUIRE",
						"grpc.server.security.trustCertCollection=file:" + this.cert));
	}

	@ParameterizedTest
	@CsvSource({ "enabled=true, enabled", "enabled=false, enabled", "certificateChain=x, certificate-chain",
			"private-key=x, private-key", "privateKeyPassword=x, private-key-password",
			"trust-cert-collection=x, trust-cert-collection", "key-store=x, key-store",
			"trustStorePassword=x, trust-store-password", "ciphers[0]=x, ciphers", "protocols=TLSv1.3, protocols",
			"client_auth=NONE, client-auth" })
	void anyKeyOfTheServer(String leftover, String name) {
		refuses("grpc.server.security.%s is set beside secure-grpc".formatted(name),
				with(pair(this.cert, this.key), "grpc.server.security." + leftover));
	}

	@ParameterizedTest
	@CsvSource({ "a.security.authority-override=x, a.security.authority-override",
			"a.security.clientAuthEnabled=false, a.security.client-auth-enabled",
			"a.security.trustCertCollection=x, a.security.trust-cert-collection",
			"a.negotiation-type=PLAINTEXT, a.negotiation-type", "a.negotiationType=TLS, a.negotiation-type",
			"GLOBAL.negotiationType=PLAINTEXT, GLOBAL.negotiation-type",
			"GLOBAL.security.private-key=x, GLOBAL.security.private-key" })
	void anyKeyOfAChannel(String leftover, String name) {
		refuses("grpc.client.%s is set beside secure-grpc".formatted(name), with(pair(this.cert, this.key),
				"grpc.client.a.address=static://127.0.0.1:1", "grpc.client." + leftover));
	}

	@ParameterizedTest
	@CsvSource({ "GRPC_SERVER_SECURITY_CLIENTAUTH, secure-grpc.server.client-auth",
			"GRPC_SERVER_SECURITY_CLIENT_AUTH, secure-grpc.server.client-auth",
			"GRPC_SERVER_SECURITY_TRUSTCERTCOLLECTION, secure-grpc.server.ca",
			"GRPC_CLIENT_LEDGER_SECURITY_PRIVATEKEY, secure-grpc.client.channels.ledger.key",
			"GRPC_CLIENT_LEDGER_NEGOTIATIONTYPE, secure-grpc.client.channels.ledger.plaintext",
			"GRPC_CLIENT_LEDGER_NEGOTIATION_TYPE, secure-grpc.client.channels.ledger.plaintext" })
	void variableOfTheEnvironmentIsNamedWithItsCounterpart(String variable, String counterpart) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> check(Map.of(variable, "x")))
			.withMessageContaining(variable)
			.satisfies((refusal) -> assertThat(refusal.action()).contains(counterpart));
	}

	@Test
	void whatKubernetesSetsBesideAServiceIsNoLeftover() {
		assertThatCode(() -> check(Map.of("GRPC_SERVER_SECURITY_SERVICE_HOST", "10.0.0.1", "GRPC_SERVER_SECURITY_PORT",
				"tcp://10.0.0.1:1", "GRPC_SERVER_SECURITY_PORT_1_TCP", "x")))
			.doesNotThrowAnyException();
	}

	/* As a property source does that cannot be listed. */
	@Test
	void leftoverThatIsSetUnseenDoesNotStart() {
		DevhConflicts conflicts = new DevhConflicts(new StandardEnvironment());
		GrpcServerProperties server = new GrpcServerProperties();
		GrpcChannelsProperties channels = new GrpcChannelsProperties();
		conflicts.checkServer(server);
		channels.getChannel("ledger").setAddress("static://localhost:1");
		conflicts.checkChannels(channels);
		server.getSecurity().setClientAuth(ClientAuth.REQUIRE);
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> conflicts.checkServer(server))
			.withMessageContaining("grpc.server.security.* is not what it is by default");
		channels.getChannel("ledger").getSecurity().setAuthorityOverride("other");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> conflicts.checkChannels(channels))
			.withMessageContaining("grpc.client.ledger.security.* is not what it is by default");
	}

	private static void check(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
		DevhConflicts conflicts = new DevhConflicts(environment);
		conflicts.checkServer(new GrpcServerProperties());
		conflicts.checkChannels(new GrpcChannelsProperties());
	}

}
