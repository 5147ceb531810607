package io.github.securegrpc.material.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.github.securegrpc.actuate.TruthCheckProperties;
import io.github.securegrpc.client.ClientProperties;
import io.github.securegrpc.engine.EngineProperties;
import io.github.securegrpc.material.TlsProperties;
import io.github.securegrpc.peer.AuditProperties;
import io.github.securegrpc.peer.CallerProperties;
import io.github.securegrpc.peer.PeerProperties;
import io.github.securegrpc.peer.rules.AuthorizationProperties;
import io.github.securegrpc.rotation.ExpiryProperties;
import io.github.securegrpc.rotation.ReloadProperties;
import io.github.securegrpc.server.ServerProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documentation says to write means something.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

	@ParameterizedTest
	@MethodSource("pages")
	void everyPropertyOfAPageIsKnownAndBinds(Path page) throws IOException {
		Matcher matcher = BLOCK.matcher(Files.readString(page));
		while (matcher.find()) {
			StandardEnvironment environment = environment();
			load(uncommented(matcher.group(1))).forEach(environment.getPropertySources()::addLast);
			new KnownProperties(List.of(TlsProperties.class, ServerProperties.class, ClientProperties.class,
					ReloadProperties.class, ExpiryProperties.class, TruthCheckProperties.class,
					AuthorizationProperties.class, PeerProperties.class, CallerProperties.class, AuditProperties.class,
					EngineProperties.class))
				.refuseOthers(environment);
			Binder binder = Binder.get(environment);
			binder.bindOrCreate("secure-grpc", TlsProperties.class);
			binder.bindOrCreate("secure-grpc.server", ServerProperties.class);
			binder.bindOrCreate("secure-grpc.client", ClientProperties.class);
			binder.bindOrCreate("secure-grpc.reload", ReloadProperties.class);
			binder.bindOrCreate("secure-grpc.expiry", ExpiryProperties.class);
			binder.bindOrCreate("secure-grpc.truth-check", TruthCheckProperties.class);
			binder.bindOrCreate("secure-grpc.authorization", AuthorizationProperties.class);
			binder.bindOrCreate("secure-grpc", AuditProperties.class);
			binder.bindOrCreate("secure-grpc", EngineProperties.class);
		}
	}

	@Test
	void noPropertyOfTheReadmeIsWithoutAValue() throws IOException {
		Matcher matcher = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
		while (matcher.find()) {
			load(uncommented(matcher.group(1))).forEach((source) -> assertThat((Map<?, ?>) source.getSource())
				.allSatisfy((name, value) -> assertThat(value).as("%s", name)
					.satisfiesAnyOf((text) -> assertThat(text).asString().isNotBlank(),
							(text) -> assertThat(name).isEqualTo("secure-grpc.server.ciphers"))));
		}
	}

	@Test
	void manifestForKubernetesMountsWhatTheApplicationReads() throws IOException {
		StandardEnvironment manifest = environment();
		load(Files.readString(ROOT.resolve("docs/kubernetes.yaml"))).forEach(manifest.getPropertySources()::addLast);
		String container = "spec.template.spec.containers[0].";
		Map<String, Object> variables = new HashMap<>();
		for (int i = 0; manifest.containsProperty(container + "env[" + i + "].name"); i++) {
			variables.put(manifest.getRequiredProperty(container + "env[" + i + "].name"),
					manifest.getRequiredProperty(container + "env[" + i + "].value"));
		}
		String mount = manifest.getRequiredProperty(container + "volumeMounts[0].mountPath");
		assertThat(manifest.getProperty(container + "volumeMounts[0].name"))
			.isEqualTo(manifest.getProperty("spec.template.spec.volumes[0].name"));
		assertThat(manifest.getProperty("spec.template.spec.volumes[0].secret.secretName"))
			.isEqualTo(manifest.getProperty("spec.secretName"));
		TlsProperties properties = bind(new SystemEnvironmentPropertySource("systemEnvironment", variables));
		assertThat(properties.cert()).isEqualTo(mount + "/tls.crt");
		assertThat(properties.key()).isEqualTo(mount + "/tls.key");
		assertThat(properties.ca()).isEqualTo(mount + "/ca.crt");
		assertThat(Files.readString(ROOT.resolve("docs/rotate.md"))).contains("cert: " + properties.cert(),
				"key: " + properties.key(), "ca: " + properties.ca());
	}

	static Stream<Path> pages() throws IOException {
		try (Stream<Path> pages = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.toList().stream())
				.filter((page) -> page.toString().endsWith(".md"));
		}
	}

	/* What is commented out must mean something, too, to whoever takes the # away. */
	private static String uncommented(String yaml) {
		return Pattern.compile("^( *)# ( *[a-z-]+:( |$))", Pattern.MULTILINE).matcher(yaml).replaceAll("$1$2");
	}

	private static TlsProperties bind(PropertySource<?> source) {
		StandardEnvironment environment = environment();
		environment.getPropertySources().addFirst(source);
		return Binder.get(environment).bindOrCreate("secure-grpc", TlsProperties.class);
	}

	private static StandardEnvironment environment() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().forEach((source) -> environment.getPropertySources().remove(source.getName()));
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	/* The dev CA is documented here and tested in its own module. */
	private static List<PropertySource<?>> load(String yaml) throws IOException {
		String ours = Pattern.compile("^  dev-ca:.*\\n(    .*\\n)+", Pattern.MULTILINE).matcher(yaml).replaceAll("");
		return Objects.requireNonNull(new YamlPropertySourceLoader().load("documented",
				new ByteArrayResource(ours.getBytes(StandardCharsets.UTF_8))));
	}

}
