package io.github.securegrpc.certs.devca;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import io.github.securegrpc.material.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link DevCaGuard}.
 */
class DevCaGuardTests {

	@ParameterizedTest
	@ValueSource(strings = { "prod", "PROD", "production", "prd", "live", "eu-prod", "prod-eu", "prod_eu", "prod.eu.1",
			"prod1", "eu1prod2", "euProd", "prodEu", "EUPROD", "euprod", "prodeu", "northprod", "live-eu", "eu_live",
			"preprod", "pre-prod", "preproduction", "staging", "stage", "eu-stg", "produktion", "nonprod-prod",
			"not-eu-prod" })
	void refusesWhatSoundsLikeProduction(String profile) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> DevCaGuard.check(environment(profile)))
			.withMessage("secure-grpc.dev-ca.enabled: true, and the profile '%s' is active ".formatted(profile)
					+ "(expected: a development machine)")
			.satisfies((refusal) -> assertThat(refusal.action()).contains("give it another name"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev", "default", "local", "test", "nonprod", "non-prod", "nonProd", "no-prod",
			"not_production", "non-live", "noprod", "reproduction", "coproduction", "product", "products", "producer",
			"livereload", "liveness", "alive", "backstage", "1", "-" })
	void takesEverythingElse(String profile) {
		assertThatNoException().isThrownBy(() -> DevCaGuard.check(environment(profile)));
	}

	@Test
	void refusesProductionAmongOthersAndAsTheDefault() {
		MockEnvironment environment = environment("dev", "eu-prod");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> DevCaGuard.check(environment))
			.withMessageContaining("the profile 'eu-prod' is active");
		MockEnvironment byDefault = environment();
		byDefault.setDefaultProfiles("prd");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> DevCaGuard.check(byDefault))
			.withMessageContaining("the profile 'prd' is active");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--spring.profiles.group.cluster=eu-prod,metrics", "--spring.profiles.include=eu-prod" })
	void refusesProductionInAGroup(String property) {
		SpringApplication application = new SpringApplication(Empty.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run("--spring.profiles.active=cluster", property,
				"--spring.main.cloud-platform=none")) {
			assertThatExceptionOfType(RefusedException.class)
				.isThrownBy(() -> DevCaGuard.check(context.getEnvironment()))
				.withMessageContaining("the profile 'eu-prod' is active");
		}
	}

	@Test
	void refusesAPodWhateverItsProfile() {
		MockEnvironment environment = new MockEnvironment();
		environment.setActiveProfiles("dev");
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "KUBERNETES_SERVICE_PORT", "443")));
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> DevCaGuard.check(environment))
			.withMessageContaining("the cloud platform KUBERNETES is detected");
	}

	private static MockEnvironment environment(String... profiles) {
		MockEnvironment environment = new MockEnvironment().withProperty("spring.main.cloud-platform", "none");
		environment.setActiveProfiles(profiles);
		return environment;
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
