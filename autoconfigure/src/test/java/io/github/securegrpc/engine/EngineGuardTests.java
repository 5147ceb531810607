package io.github.securegrpc.engine;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import net.devh.boot.grpc.server.autoconfigure.GrpcServerFactoryAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.client.ClientTlsAutoConfiguration;
import io.github.securegrpc.devh.DevhClientAutoConfiguration;
import io.github.securegrpc.devh.DevhServerAutoConfiguration;
import io.github.securegrpc.devh.repair.ReaderGuardAutoConfiguration;
import io.github.securegrpc.devh.repair.StartedApplication;
import io.github.securegrpc.devh.repair.TrimmedClassPath;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.source.MaterialAutoConfiguration;
import io.github.securegrpc.peer.PeerAutoConfiguration;
import io.github.securegrpc.rotation.RotationAutoConfiguration;
import io.github.securegrpc.server.ServerTlsAutoConfiguration;
import io.github.securegrpc.transport.TransportAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Engines that nobody secures, and settings that no engine reads.
 */
@ExtendWith(OutputCaptureExtension.class)
class EngineGuardTests {

	private static final String EXCLUDE = "spring.autoconfigure.exclude";

	@TempDir
	Path directory = Path.of("");

	@Test
	void serverOfNetDevhWhoseSecurityIsExcludedIsRefused() {
		refuses("would not be secured", application().set(EXCLUDE, DevhServerAutoConfiguration.class.getName()));
	}

	@Test
	void channelsOfNetDevhWhoseSecurityIsExcludedAreRefused() {
		refuses("the channels of net.devh would not be secured",
				application().set(EXCLUDE, DevhClientAutoConfiguration.class.getName()));
	}

	@ParameterizedTest
	@ValueSource(classes = { EngineGuardAutoConfiguration.class, ReaderGuardAutoConfiguration.class,
			EngineAutoConfiguration.class, ClientTlsAutoConfiguration.class, MaterialAutoConfiguration.class,
			PeerAutoConfiguration.class, RotationAutoConfiguration.class, ServerTlsAutoConfiguration.class,
			TransportAutoConfiguration.class })
	void guardsAndWhatEveryEngineNeedsCannotBeExcluded(Class<?> guard) {
		refuses(guard.getName() + " is excluded", application().set(EXCLUDE, guard.getName()));
	}

	@Test
	void settingsOfAServerThatIsNotThereAreRefused() {
		refuses("is set", application().set(EXCLUDE, GrpcServerFactoryAutoConfiguration.class.getName())
			.set("secure-grpc.server.client-auth", "none"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cert", "ca", "provider", "reload.interval", "expiry.status" })
	void settingsForAllSidesWithoutAnyAreRefused(String property) {
		assertThatThrownBy(
				() -> TrimmedClassPath.without("grpc-server-spring-boot-starter", "grpc-client-spring-boot-starter")
					.start(Map.of("secure-grpc." + property, switch (property) {
						case "reload.interval" -> "5s";
						case "expiry.status" -> "DOWN";
						default -> "jdk";
					})))
			.satisfies((ex) -> assertThat(refusal(ex)).startsWith("secure-grpc.%s is set".formatted(property)));
	}

	@Test
	void settingsOfAServerThatIsSwitchedOffAreWarnedOf(CapturedOutput output) {
		try (ConfigurableApplicationContext context = application().set("grpc.server.port", -1)
			.set("secure-grpc.server.client-auth", "none")
			.start()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(output).contains("secure-grpc.server.client-auth is set, but the gRPC server of this application"
					+ " is switched off");
		}
	}

	@ParameterizedTest
	@CsvSource({ "grpc-server-spring-boot-starter, secure-grpc.server.plaintext",
			"grpc-client-spring-boot-starter, secure-grpc.client.plaintext" })
	void settingsOfAnEngineThatIsNotOnTheClassPathAreRefused(String jar, String property) {
		assertThatThrownBy(() -> TrimmedClassPath.without(jar).start())
			.satisfies((ex) -> assertThat(refusal(ex)).startsWith(property + " is set").contains(jar));
	}

	@ParameterizedTest
	@ValueSource(strings = { "audit", "peer.mdc", "truth-check.enabled" })
	void settingsOfAServerWhereThereAreChannelsOnlyAreRefused(String property) {
		String value = property.equals("audit") ? "all" : "true";
		assertThatThrownBy(() -> TrimmedClassPath.without("grpc-server-spring-boot-starter")
			.start(Map.of("secure-grpc.client.plaintext", "loopback", "secure-grpc." + property, value)))
			.satisfies((ex) -> assertThat(refusal(ex)).startsWith("secure-grpc.%s is set".formatted(property)));
	}

	@ParameterizedTest
	@CsvSource({ "BootServerAutoConfiguration, the server of Spring Boot's own gRPC",
			"BootClientAutoConfiguration, the channels of Spring Boot's own gRPC" })
	void engineOfSpringBootWhoseSecurityIsExcludedIsRefused(String excluded, String what) {
		assertThatThrownBy(() -> TrimmedClassPath.ofBootWithout()
			.start(bootPlaintext(EXCLUDE, "io.github.securegrpc.boot." + excluded)))
			.satisfies((ex) -> assertThat(refusal(ex)).contains(what + " would not be secured"));
	}

	@ParameterizedTest
	@CsvSource({ "spring-boot-grpc-server, secure-grpc.server.plaintext",
			"spring-boot-grpc-client, secure-grpc.client.plaintext" })
	void settingsOfASideOfSpringBootThatIsNotOnTheClassPathAreRefused(String jar, String property) {
		assertThatThrownBy(() -> TrimmedClassPath.ofBootWithout(jar).start(bootPlaintext())).satisfies(
				(ex) -> assertThat(refusal(ex)).startsWith(property + " is set").contains("spring-boot-starter-grpc"));
	}

	@Test
	void completeSettingsWithFilesThatDoNotExistAreRefused() {
		assertThatThrownBy(() -> TrimmedClassPath.ofBootWithout()
			.start(Map.of("spring.grpc.server.port", "0", "secure-grpc.cert", "/nowhere/tls.crt", "secure-grpc.key",
					"/nowhere/tls.key", "secure-grpc.ca", "/nowhere/ca.crt")))
			.satisfies((ex) -> assertThat(refusal(ex)).startsWith("/nowhere/").contains("secure-grpc."));
	}

	@Test
	void servletOfSpringBootIsRefused() {
		assertThatThrownBy(() -> TrimmedClassPath.ofBootWithout()
			.with(Path.of("target", "boot-grpc-servlet"))
			.start(bootPlaintext(StartedApplication.BEAN,
					"org.springframework.boot.grpc.server.GrpcServletRegistration")))
			.satisfies((ex) -> assertThat(refusal(ex)).startsWith("bean 'theirs'")
				.contains("the server of Spring Boot's own gRPC"));
	}

	/* A test of packaged applications has a container. */
	@ParameterizedTest
	@CsvSource({ "server.ssl.bundle=web, true", "SERVER_SSL_BUNDLE=web, true", "server.ssl.enabled=true, false",
			"server.ssl.enabled=false, false", "server.port=1, false" })
	void servletIsLeftToAContainerThatHasTls(String setting, boolean secured) {
		String[] parts = setting.split("=", -1);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(parts[0], parts[1])));
		KnownFactory servlet = KnownFactory.ALL.stream().filter(KnownFactory::isServlet).findFirst().orElseThrow();
		assertThat(new EngineGuard(List.of(), environment).isSecured(servlet)).isEqualTo(secured);
	}

	@ParameterizedTest
	@CsvSource({ "io.github.securegrpc.engine.SecureChannels, secure-grpc.client.plaintext",
			"io.github.securegrpc.engine.SecureServers, secure-grpc.server.plaintext" })
	void buildersOfTheApplicationsOwnReadWhatIsSet(String door, String property) throws Exception {
		TrimmedClassPath withoutEngines = TrimmedClassPath.without("grpc-server-spring-boot-starter",
				"grpc-client-spring-boot-starter");
		assertThatThrownBy(() -> withoutEngines.start(Map.of(property, "loopback")))
			.satisfies((ex) -> assertThat(refusal(ex)).startsWith(property + " is set"));
		assertThat(withoutEngines.start(Map.of(property, "loopback", StartedApplication.ASKED, door))).isNotEmpty();
	}

	private static Map<String, String> bootPlaintext(String... more) {
		Map<String, String> properties = new HashMap<>(
				Map.of("spring.grpc.server.port", "0", "spring.grpc.server.address", "127.0.0.1",
						"secure-grpc.server.plaintext", "loopback", "secure-grpc.client.plaintext", "loopback"));
		for (int i = 0; i < more.length; i += 2) {
			properties.put(more[i], more[i + 1]);
		}
		return properties;
	}

	private Application application() {
		return new Application(this.directory).identity("secure-grpc",
				TestCertificates.server(TestCertificates.authority("ca")));
	}

	private static void refuses(String message, Application application) {
		assertThatThrownBy(() -> application.start().close())
			.satisfies((ex) -> assertThat(refusal(ex)).contains(message));
	}

	/* By name: it may be of another class loader. */
	private static String refusal(Throwable thrown) {
		for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
			if (cause.getClass().getName().equals(RefusedException.class.getName())) {
				return String.valueOf(cause.getMessage());
			}
		}
		throw new AssertionError("not refused", thrown);
	}

}
