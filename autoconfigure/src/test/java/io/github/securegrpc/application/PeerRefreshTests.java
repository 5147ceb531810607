package io.github.securegrpc.application;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.peer.PeerRules;
import io.github.securegrpc.peer.rules.AuthorizationProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Rules that change while the application runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeerRefreshTests {

	private static final X509Bundle CA = TestCertificates.authority("ca");

	private static final X509Bundle CLIENT = TestCertificates.client(CA);

	@Test
	void rulesAreReadAgainWhenTheEnvironmentIsRefreshed(@TempDir Path directory, CapturedOutput output) {
		Application application = new Application(directory).with(WhoCalls.class)
			.identity("secure-grpc.server", TestCertificates.server(CA))
			.ca("secure-grpc.server", CA)
			.set("secure-grpc.authorization.rules[0].methods", "*")
			.set("secure-grpc.authorization.rules[0].allow", "dns:client");
		try (ConfigurableApplicationContext context = application.start();
				Peer peer = new Peer(application.port(), CLIENT)) {
			Map<String, Object> refreshed = new HashMap<>();
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("refreshed", refreshed));
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
			refreshed.put("secure-grpc.authorization.rules[0].methods", "*");
			refreshed.put("secure-grpc.authorization.rules[0].allow", "dns:other");
			assertThat(peer.ask("Dns")).as("not refreshed yet").isEqualTo("dns:client");
			context.publishEvent(new EnvironmentChangeEvent(context));
			assertThatThrownBy(() -> peer.ask("Dns")).hasMessageContaining("PERMISSION_DENIED");
			refreshed.put("secure-grpc.authorization.rules[0].allow", "cn:client");
			context.publishEvent(new EnvironmentChangeEvent(context));
			assertThatThrownBy(() -> peer.ask("Dns")).hasMessageContaining("PERMISSION_DENIED");
			assertThat(output).contains("The rules before stay in force").contains("'cn:client' names no peer");
			refreshed.put("secure-grpc.authorization.rules[0].allow", "dns:client");
			context.publishEvent(new EnvironmentChangeEvent(context));
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
			PeerRules rules = context.getBean(PeerRules.class);
			assertThatThrownBy(() -> rules.replace(new AuthorizationProperties(null, null)))
				.hasMessageContaining("is gone");
			assertThat(peer.ask("Dns")).isEqualTo("dns:client");
		}
	}

}
