package io.github.securegrpc.devh.repair;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;

import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.TestingAuthenticationProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

class DevhImportFilterTests {

	private static final String SERVER = "net.devh.boot.grpc.server.autoconfigure.";

	private static final String SECURITY = SERVER + "GrpcServerSecurityAutoConfiguration";

	private static final String METRICS = SERVER + "GrpcServerMetricAutoConfiguration";

	@Test
	void applicationWithAuthenticationStarts() {
		try (ConfigurableApplicationContext context = StartedApplication.of(Authenticated.class).run()) {
			assertThat(context.getBeanDefinitionNames())
				.contains("authenticatingServerInterceptor", "exceptionTranslatingServerInterceptor")
				.doesNotContain(SECURITY);
		}
	}

	@Test
	void applicationWithAuthenticationDiesWithoutTheFilter() {
		SpringApplication application = StartedApplication.of(Authenticated.class);
		application.setResourceLoader(new DefaultResourceLoader(new Unfiltered()));
		assertThatThrownBy(application::run).hasStackTraceContaining(NoClassDefFoundError.class.getName())
			.hasStackTraceContaining("org/springframework/security/access/AccessDecisionManager");
	}

	@Test
	void securityOfNetDevhIsLeftOutWhereTheOldAccessClassesAreMissing() {
		assertThat(match(getClass().getClassLoader(), SECURITY)).containsExactly(false);
	}

	@Test
	void securityOfNetDevhStaysWhereTheOldAccessClassesAre() {
		Class<?> old = new ByteBuddy().makeInterface()
			.name("org.springframework.security.access.AccessDecisionManager")
			.make()
			.load(getClass().getClassLoader())
			.getLoaded();
		assertThat(match(old.getClassLoader(), SECURITY)).containsExactly(true);
	}

	@Test
	void metricsAreLeftOutWithoutActuator() {
		assertThat(match(new FilteredClassLoader("org.springframework.boot.actuate"), METRICS)).containsExactly(false);
	}

	@Test
	void othersAreLeftAlone() {
		assertThat(match(new FilteredClassLoader(""), SERVER + "GrpcServerAutoConfiguration", "com.example.Own"))
			.containsExactly(true, true);
	}

	private static boolean[] match(ClassLoader classLoader, String... autoConfigurations) {
		DevhImportFilter filter = new DevhImportFilter();
		filter.setBeanClassLoader(classLoader);
		return filter.match(autoConfigurations, mock(AutoConfigurationMetadata.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Authenticated {

		@Bean
		AuthenticationManager authenticationManager() {
			return new ProviderManager(new TestingAuthenticationProvider());
		}

	}

	/** Net.devh's engine alone, and nobody registers our filter. */
	private static final class Unfiltered extends ClassLoader {

		Unfiltered() {
			super(new FilteredClassLoader("org.springframework.grpc", "org.springframework.boot.grpc"));
		}

		@Override
		public Enumeration<URL> getResources(String name) throws IOException {
			Enumeration<URL> all = super.getResources(name);
			return SpringFactoriesLoader.FACTORIES_RESOURCE_LOCATION.equals(name)
					? Collections.enumeration(Collections.list(all).stream().filter((url) -> !ours(url)).toList())
					: all;
		}

		private static boolean ours(URL factories) {
			try (InputStream content = factories.openStream()) {
				return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1)
					.contains(DevhImportFilter.class.getName());
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
