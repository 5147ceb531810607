package io.github.securegrpc.actuate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no endpoint of Boot's shows a private key or a password, though told to show
 * every value, and that it shows the rest.
 */
class SecretValuesTests {

	private static final String PASSWORD = "open sesame 42";

	private final X509Bundle leaf = TestCertificates
		.issue((builder) -> builder.subject("CN=both").addSanDnsName("localhost"), TestCertificates.authority("ca"));

	private final String cert = TestCertificates.pem(this.leaf.getCertificatePath());

	private final String key = TestCertificates.pem(this.leaf.getKeyPair().getPrivate());

	private final String body = this.key.lines().skip(1).findFirst().orElseThrow();

	private final Path directory;

	SecretValuesTests(@TempDir Path directory) {
		this.directory = directory;
	}

	@Test
	void inlineKeysAndPasswordsOfEveryLevelAreHidden() {
		Application application = shown();
		for (String level : new String[] { "secure-grpc.client", "secure-grpc.client.channels.ledger" }) {
			application.set(level + ".cert", this.cert)
				.set(level + ".key", this.key)
				.set(level + ".key-password", PASSWORD + level);
		}
		application.set("secure-grpc.client.channels.ledger.basic-auth.username", "alice")
			.set("secure-grpc.client.channels.ledger.basic-auth.password", PASSWORD + "basic");
		try (ConfigurableApplicationContext context = application.start()) {
			String text = everything(context);
			assertThat(text).contains("secure-grpc.client.channels.ledger.key-password").contains("channels");
			assertThat(text).contains("secure-grpc.client.channels.ledger.basic-auth.password").contains("alice");
			assertNothingSecret(text);
			assertThat(text).contains(this.cert.lines().skip(1).findFirst().orElseThrow());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "SECUREGRPC_SERVER_KEYPASSWORD", "SECURE_GRPC_SERVER_KEYPASSWORD",
			"SECURE_GRPC_SERVER_KEY_PASSWORD", "SECUREGRPC_CLIENT_CHANNELS_LEDGER_KEYPASSWORD",
			"secure_grpc.server.key_password", "secureGrpc.server.keyPassword", "secure-grpc.keypassword",
			"secure-grpc.basic-auth.password" })
	void passwordIsHiddenHoweverItsNameIsSpelled(String name) {
		assertThat(env(Map.of(name, PASSWORD))).contains(name).doesNotContain(PASSWORD);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SECUREGRPC_SERVER_KEY", "SECURE_GRPC_KEY", "SECUREGRPC_CLIENT_CHANNELS_LEDGER_KEY",
			"secure_grpc.server.key", "secureGrpc.server.key", "any.name" })
	void keyIsHiddenHoweverItsNameIsSpelledAndItIsEncoded(String name) {
		byte[] der = this.leaf.getKeyPair().getPrivate().getEncoded();
		for (String value : new String[] { this.key, this.key.replace("\n", "\\n"), "base64:" + base64(this.key),
				base64(this.key), "Base64: " + Base64.getEncoder().encodeToString(der), "base64:" + this.body,
				"before\n" + this.key, "base64:" + base64("Bag Attributes\n" + this.key) }) {
			assertThat(env(Map.of(name, value))).contains(name)
				.doesNotContain(this.body.substring(0, 40))
				.doesNotContain(value);
		}
	}

	@Test
	void bodyOfAKeyAloneIsHiddenUnderItsName() {
		assertThat(env(Map.of("secure-grpc.server.key", this.body))).doesNotContain(this.body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"secure-grpc.server.key-password\":\"%s\"}",
			"{\"secure-grpc\": {\"server\": {\"cert\": \"a\",\n \"keyPassword\" : \"%s\"}}}",
			"app.jar --secure-grpc.server.key-password=%s", "-Dsecure-grpc.key-password=%s -Xmx1g",
			"SECUREGRPC_KEYPASSWORD=%s" })
	void textThatSetsAPasswordIsHidden(String text) {
		for (String name : new String[] { "SPRING_APPLICATION_JSON", "sun.java.command", "JAVA_TOOL_OPTIONS" }) {
			assertThat(env(Map.of(name, text.formatted(PASSWORD)))).contains(name).doesNotContain(PASSWORD);
		}
	}

	@Test
	void keyIsHiddenWhereItIsTakenFrom() {
		String whole = this.key.replaceAll("-----[A-Z ]+-----|\\s", "");
		Application application = shown().set("MY_KEY", whole)
			.set("MY_PART", whole.substring(8, 48))
			.set("secure-grpc.client.cert", this.cert)
			.set("secure-grpc.client.key", "-----BEGIN PRIVATE KEY-----\n${MY_KEY}\n-----END PRIVATE KEY-----");
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(everything(context)).contains("MY_KEY", "MY_PART").doesNotContain(whole, whole.substring(8, 48));
		}
	}

	/* As JSON, YAML, environment files and word processors leave it. */
	@ParameterizedTest
	@ValueSource(strings = { "\r\n", "\\n", "\\\\n", "\\r\\n", "\\t", "\u00A0", "\u200B", "\uFEFF", " \\\n" })
	void partOfAKeyIsHiddenWhateverItsLinesEndWith(String end) {
		String part = this.key.lines().skip(1).limit(2).collect(Collectors.joining(end)).substring(10);
		Application application = shown().set("MY_PART", part)
			.set("secure-grpc.client.cert", this.cert)
			.set("secure-grpc.client.key", this.key);
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(everything(context)).contains("MY_PART").doesNotContain(part);
		}
	}

	@Test
	void passwordIsHiddenWhereItIsTakenFrom() {
		Application application = shown().set("MY_PASSPHRASE", PASSWORD)
			.set("repeated", "x ${MY_PASSPHRASE} x")
			.set("secure-grpc.client.cert", this.cert)
			.set("secure-grpc.client.key", this.key)
			.set("secure-grpc.client.key-password", "${MY_PASSPHRASE}");
		try (ConfigurableApplicationContext context = application.start()) {
			assertThat(everything(context)).contains("MY_PASSPHRASE").contains("repeated").doesNotContain(PASSWORD);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.ssl.bundle.jks.server.keystore.password", "spring.ssl.bundle.pem.a.key.password",
			"SPRING_SSL_BUNDLE_PEM_A_KEYSTORE_PRIVATEKEYPASSWORD" })
	void passwordOfABundleIsHidden(String name) {
		assertThat(env(Map.of(name, PASSWORD))).contains(name).doesNotContain(PASSWORD);
	}

	@Test
	void whatIsPublicIsShown() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("secure-grpc.server.key", "/etc/tls/tls.key");
		values.put("SECUREGRPC_CLIENT_KEY", "file:/etc/tls/client.key");
		values.put("secure-grpc.key", "classpath:tls.key");
		values.put("secure-grpc.ca", this.cert);
		values.put("secure-grpc.cert", "base64:" + base64(this.cert));
		values.put("java.class.path", "/lib/secure-grpc-autoconfigure.jar:/lib/password4j.jar");
		values.put("other", "value");
		String text = env(values);
		values.forEach((name, value) -> assertThat(text).contains(name + "=" + value + "\n"));
	}

	private Application shown() {
		return new Application(this.directory).set("management.endpoints.jmx.exposure.include", "*")
			.set("spring.jmx.enabled", "true")
			.set("management.endpoint.env.show-values", "always")
			.set("management.endpoint.configprops.show-values", "always")
			.set("secure-grpc.server.plaintext", "loopback")
			.set("grpc.server.address", "127.0.0.1");
	}

	private String env(Map<String, Object> values) {
		try (ConfigurableApplicationContext context = shown().start()) {
			context.getEnvironment().getPropertySources().addLast(new MapPropertySource("given", values));
			context.getEnvironment()
				.getPropertySources()
				.addLast(new SystemEnvironmentPropertySource("variables", values));
			return everything(context);
		}
	}

	private static String everything(ConfigurableApplicationContext context) {
		StringBuilder text = new StringBuilder();
		EnvironmentEndpoint env = context.getBean(EnvironmentEndpoint.class);
		env.environment(null)
			.getPropertySources()
			.forEach((source) -> source.getProperties()
				.forEach((name, value) -> text.append(name).append('=').append(value.getValue()).append('\n')));
		context.getBean(ConfigurationPropertiesReportEndpoint.class)
			.configurationProperties()
			.getContexts()
			.values()
			.forEach((beans) -> beans.getBeans()
				.forEach((name, bean) -> text.append(name)
					.append(bean.getPrefix())
					.append(bean.getProperties())
					.append(bean.getInputs())
					.append('\n')));
		return text.toString();
	}

	private void assertNothingSecret(String text) {
		assertThat(text).doesNotContain(PASSWORD).doesNotContain(this.body.substring(0, 40));
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
