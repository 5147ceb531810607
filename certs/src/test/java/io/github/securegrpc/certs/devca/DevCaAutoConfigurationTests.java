package io.github.securegrpc.certs.devca;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;

import io.github.securegrpc.certs.MutableClock;
import io.github.securegrpc.material.FallbackMaterial;
import io.github.securegrpc.material.Identity;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.material.SecurityClock;
import io.github.securegrpc.material.TlsMaterialSource;
import io.github.securegrpc.material.source.MaterialAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DevCaAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class DevCaAutoConfigurationTests {

	private final Path directory;

	private final ApplicationContextRunner enabled;

	DevCaAutoConfigurationTests(@TempDir Path parent) {
		this.directory = parent.resolve("dev");
		this.enabled = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(DevCaAutoConfiguration.class, MaterialAutoConfiguration.class))
			.withPropertyValues("secure-grpc.dev-ca.enabled=true", "secure-grpc.dev-ca.directory=" + this.directory,
					"spring.main.cloud-platform=none");
	}

	@Test
	void isRegistered() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(DevCaAutoConfiguration.class.getName());
	}

	@Test
	void isOffUnlessAskedFor() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DevCaAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(FallbackMaterial.class));
	}

	@Test
	void suppliesMaterialAndSaysSoLoudly(CapturedOutput output) {
		this.enabled.run((context) -> {
			Identity server = identity(context.getBean(FallbackMaterial.class).server());
			Identity client = identity(context.getBean(FallbackMaterial.class).client());
			assertThat(output).contains("WARN", "DEVELOPMENT", this.directory.toString(), server.expiry().toString(),
					client.expiry().toString());
			assertThat(output).doesNotContain("PRIVATE KEY");
		});
	}

	@Test
	void goesByTheSecurityClock() {
		MutableClock clock = new MutableClock();
		clock.advance(Duration.ofDays(100));
		this.enabled.withBean(SecurityClock.NAME, Clock.class, () -> clock)
			.withPropertyValues("secure-grpc.dev-ca.validity=2h")
			.run((context) -> assertThat(identity(context.getBean(FallbackMaterial.class).server()).expiry())
				.isEqualTo(clock.instant().plus(Duration.ofHours(2))));
	}

	@Test
	void givesWayToMaterialOfTheApplication() {
		FallbackMaterial own = new DevCertificates(this.directory, Duration.ofHours(1), Clock.systemUTC());
		this.enabled.withBean("own", FallbackMaterial.class, () -> own).run((context) -> {
			assertThat(context).getBean(FallbackMaterial.class).isSameAs(own);
			assertThat(this.directory).doesNotExist();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "prod", "production", "Prod", "eu,production" })
	void refusesAProductionProfileBeforeItWrites(String profiles) {
		this.enabled.withPropertyValues("spring.profiles.active=" + profiles)
			.run((context) -> assertRefused(context, "secure-grpc.dev-ca.enabled: true, and the profile '"));
	}

	@Test
	void refusesProductionAsTheDefaultProfile() {
		this.enabled.withPropertyValues("spring.profiles.default=prod")
			.run((context) -> assertRefused(context, "the profile 'prod' is active"));
	}

	@Test
	void refusesACloudPlatformBeforeItWrites() {
		this.enabled.withPropertyValues("spring.main.cloud-platform=kubernetes")
			.run((context) -> assertRefused(context, "the cloud platform KUBERNETES is detected"));
	}

	@Test
	void refusesAlsoWhereBeansAreLazy() {
		this.enabled
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("spring.profiles.active=prod")
			.run((context) -> assertRefused(context, "the profile 'prod' is active"));
	}

	@Test
	void otherProfilesStart() {
		this.enabled.withPropertyValues("spring.profiles.active=dev,reproduction")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "0s, PT0S", "-1h, PT-1H", "24, PT24S", "59s, PT59S", "500ms, PT0.5S" })
	void refusesAValidityThatCannotBeMeant(String value, String read) {
		this.enabled.withPropertyValues("secure-grpc.dev-ca.validity=" + value)
			.run((context) -> assertRefused(context,
					"secure-grpc.dev-ca.validity is " + read + ", in which no leaf is renewed in time (expected: "));
	}

	@Test
	void refusesAValidityThatNoLeafCanHave() {
		this.enabled.withPropertyValues("secure-grpc.dev-ca.validity=36526d")
			.run((context) -> assertRefused(context, "secure-grpc.dev-ca.validity: PT876624H (expected: "));
	}

	@Test
	void validityWithoutAUnitIsSeconds() {
		this.enabled.withPropertyValues("secure-grpc.dev-ca.validity=7200").run((context) -> {
			X509Certificate leaf = identity(context.getBean(FallbackMaterial.class).server()).leaf();
			assertThat(Duration.between(leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
				.isEqualTo(Duration.ofMinutes(125));
		});
	}

	@Test
	void everyPropertyIsDescribedWithItsDefault() throws Exception {
		assertThat(new ClassPathResource("META-INF/spring-configuration-metadata.json")
			.getContentAsString(StandardCharsets.UTF_8)).contains("\"secure-grpc.dev-ca.enabled\"",
					"\"description\": \"Whether ", "\"defaultValue\": false", "\"secure-grpc.dev-ca.directory\"",
					"\"description\": \"Directory ", "\"defaultValue\": \".secure-grpc\"",
					"\"secure-grpc.dev-ca.validity\"", "\"description\": \"How long ", "\"defaultValue\": \"24h\"");
	}

	private void assertRefused(AssertableApplicationContext context, String description) {
		assertThat(context).hasFailed();
		Throwable root = context.getStartupFailure();
		while (root != null && !(root instanceof RefusedException)) {
			root = root.getCause();
		}
		assertThat(root).isInstanceOf(RefusedException.class).hasMessageContaining(description);
		assertThat(((RefusedException) Objects.requireNonNull(root)).action()).contains("secure-grpc.dev-ca.");
		assertThat(this.directory).doesNotExist();
	}

	private static Identity identity(TlsMaterialSource source) {
		return Objects.requireNonNull(source.load().identity());
	}

}
