package io.github.securegrpc;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.jayway.jsonpath.DocumentContext;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an IDE is told about the properties.
 */
class MetadataTests {

	private final DocumentContext metadata = read();

	@Test
	void everyPropertyOfTheDesignIsThere() {
		assertThat(names("properties")).contains("secure-grpc.cert", "secure-grpc.key", "secure-grpc.key-password",
				"secure-grpc.ca", "secure-grpc.bundle", "secure-grpc.crl", "secure-grpc.crl-policy",
				"secure-grpc.server.crl", "secure-grpc.server.crl-policy", "secure-grpc.client.crl",
				"secure-grpc.client.crl-policy", "secure-grpc.provider", "secure-grpc.validation",
				"secure-grpc.server.cert", "secure-grpc.server.key", "secure-grpc.server.key-password",
				"secure-grpc.server.ca", "secure-grpc.server.bundle", "secure-grpc.server.client-auth",
				"secure-grpc.server.plaintext", "secure-grpc.server.protocols", "secure-grpc.server.ciphers",
				"secure-grpc.server.handshake-timeout", "secure-grpc.server.max-connection-age",
				"secure-grpc.server.limits.calls-per-connection", "secure-grpc.server.limits.resets",
				"secure-grpc.server.limits.resets-window", "secure-grpc.server.limits.connections",
				"secure-grpc.server.basic-auth.users", "secure-grpc.server.trusted-proxies", "secure-grpc.client.cert",
				"secure-grpc.client.key", "secure-grpc.client.key-password", "secure-grpc.client.ca",
				"secure-grpc.client.bundle", "secure-grpc.client.plaintext", "secure-grpc.client.channels",
				"secure-grpc.reload.enabled", "secure-grpc.reload.interval", "secure-grpc.expiry.warn-before",
				"secure-grpc.expiry.status", "secure-grpc.truth-check.enabled", "secure-grpc.authorization.mode",
				"secure-grpc.authorization.rules", "secure-grpc.peer.mdc", "secure-grpc.audit", "secure-grpc.engine",
				"management.health.grpccertificates.enabled");
	}

	@Test
	void everyDescriptionIsASentenceByBootsRules() {
		for (Map<String, Object> property : nodes("properties")) {
			String name = text(property, "name");
			assertThat((String) property.getOrDefault("description", "")).as(name)
				.endsWith(".")
				.doesNotStartWith("The ")
				.doesNotStartWith("A ");
			if (text(property, "type").equals("java.lang.Boolean")) {
				assertThat(text(property, "description")).as(name).startsWith("Whether ");
			}
		}
	}

	@Test
	void defaultsAreThoseOfTheDesign() {
		assertThat(defaultOf("secure-grpc.provider")).isEqualTo("auto");
		assertThat(defaultOf("secure-grpc.validation")).isEqualTo("strict");
		assertThat(defaultOf("secure-grpc.server.plaintext")).isEqualTo("refuse");
		assertThat(defaultOf("secure-grpc.client.plaintext")).isEqualTo("refuse");
		assertThat(defaultOf("secure-grpc.server.handshake-timeout")).isEqualTo("5s");
		assertThat(defaultOf("secure-grpc.server.limits.calls-per-connection")).isEqualTo("100");
		assertThat(defaultOf("secure-grpc.server.limits.resets")).isEqualTo("200");
		assertThat(defaultOf("secure-grpc.server.limits.resets-window")).isEqualTo("30s");
		assertThat(defaultOf("secure-grpc.server.protocols")).isEqualTo("TLSv1.3,TLSv1.2");
		assertThat(defaultOf("secure-grpc.authorization.mode")).isEqualTo("enforce");
		assertThat(defaultOf("secure-grpc.audit")).isEqualTo("denials");
		assertThat(defaultOf("secure-grpc.crl-policy")).isEqualTo("strict");
		assertThat(defaultOf("secure-grpc.server.crl-policy")).isEqualTo("strict");
		assertThat(defaultOf("secure-grpc.client.crl-policy")).isEqualTo("strict");
		assertThat(defaultOf("secure-grpc.reload.enabled")).isEqualTo("true");
		assertThat(defaultOf("secure-grpc.reload.interval")).isEqualTo("10s");
		assertThat(defaultOf("secure-grpc.expiry.status")).isEqualTo("UP");
		assertThat(defaultOf("management.health.grpccertificates.enabled")).isEqualTo("true");
	}

	@Test
	void everyEnumerationHasItsValuesExplained() {
		List<String> hinted = names("hints");
		for (Map<String, Object> property : nodes("properties")) {
			if (text(property, "type").startsWith("io.github.securegrpc.")
					|| text(property, "name").endsWith(".protocols")) {
				assertThat(hinted).contains(text(property, "name"));
			}
		}
		List<String> explanations = this.metadata.read("$.hints[*].values[*].description");
		assertThat(explanations).isNotEmpty().allMatch((explanation) -> explanation.endsWith("."));
	}

	@Test
	void everyFileIsOfferedAsResource() {
		List<String> files = names("properties").stream()
			.filter((name) -> name.matches("secure-grpc\\.(.+\\.)?(cert|key|ca|crl)"))
			.toList();
		assertThat(files).hasSize(12);
		List<String> resources = this.metadata.read("$.hints[?(@.providers[0].name == 'handle-as' && "
				+ "@.providers[0].parameters.target == 'org.springframework.core.io.Resource')].name");
		assertThat(resources).containsExactlyInAnyOrderElementsOf(files);
	}

	@Test
	void whatTheApplicationNamesIsOpenToAnyValue() {
		List<String> open = this.metadata.read("$.hints[?(@.providers[0].name == 'any')].name");
		assertThat(open).containsExactlyInAnyOrder("secure-grpc.client.channels.keys", "secure-grpc.expiry.status");
		List<String> statuses = this.metadata.read("$.hints[?(@.name == 'secure-grpc.expiry.status')].values[*].value");
		assertThat(statuses).contains(Status.UP.getCode(), Status.UNKNOWN.getCode(), Status.OUT_OF_SERVICE.getCode(),
				Status.DOWN.getCode());
	}

	@Test
	void everyHintIsOfAProperty() {
		assertThat(names("hints")).map((name) -> name.replaceFirst("\\.keys$", ""))
			.isSubsetOf(names("properties"))
			.doesNotHaveDuplicates();
	}

	private String defaultOf(String name) {
		for (Map<String, Object> property : nodes("properties")) {
			if (text(property, "name").equals(name)) {
				Object value = property.get("defaultValue");
				return (value instanceof List<?> values) ? String.join(",", values.toArray(String[]::new))
						: String.valueOf(value);
			}
		}
		throw new AssertionError(name + " is not there");
	}

	private List<String> names(String kind) {
		return this.metadata.read("$." + kind + "[*].name");
	}

	private List<Map<String, Object>> nodes(String kind) {
		return this.metadata.read("$." + kind);
	}

	private static String text(Map<String, Object> node, String name) {
		return String.valueOf(node.get(name));
	}

	private static DocumentContext read() {
		return JsonPath.parse(Objects
			.requireNonNull(MetadataTests.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")));
	}

}
