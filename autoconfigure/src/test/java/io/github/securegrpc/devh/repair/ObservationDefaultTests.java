package io.github.securegrpc.devh.repair;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.ToolProvider;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.pkitesting.X509Bundle;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mock.env.MockEnvironment;

import io.github.securegrpc.TestCertificates;
import io.github.securegrpc.application.Application;
import io.github.securegrpc.application.TestApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When net.devh observes each call.
 */
class ObservationDefaultTests {

	private static final String BEAN = "globalObservationGrpcServerInterceptorConfigurer";

	private static final String METER = "grpc.server";

	private Application application = new Application(Path.of(""));

	@BeforeEach
	void describe(@TempDir Path directory) {
		X509Bundle authority = TestCertificates.authority("ca");
		this.application = new Application(directory).identity("secure-grpc.server", TestCertificates.server(authority))
			.ca("secure-grpc.client", authority)
			.channel("it");
	}

	@Test
	void callIsCountedOnceWhereNobodyTraces() {
		try (ConfigurableApplicationContext context = this.application.start()) {
			TestApplication.call(context, "it");
			assertThat(context.containsBean(BEAN)).isFalse();
			assertThat(context.getBean(MeterRegistry.class).find(METER).meters()).isEmpty();
			assertThat(context.getBean(MeterRegistry.class).find("grpc.server.processing.duration").meters())
				.isNotEmpty();
		}
	}

	@Test
	void whoeverAsksForItHasIt() {
		this.application.set(ObservationDefault.PROPERTY, true);
		try (ConfigurableApplicationContext context = this.application.start()) {
			TestApplication.call(context, "it");
			assertThat(context.containsBean(BEAN)).isTrue();
			// a call is timed when the server is done with it
			Awaitility.await().until(() -> !context.getBean(MeterRegistry.class).find(METER).meters().isEmpty());
		}
	}

	@Test
	void defaultPropertiesOfTheApplicationAreHeard() {
		MockEnvironment environment = new MockEnvironment();
		environment.setProperty(ObservationDefault.PROPERTY, "true");
		new ObservationDefault().postProcessEnvironment(environment, new SpringApplication());
		assertThat(environment.getPropertySources()).hasSize(1);
	}

	@Test
	void tracerLeavesItAsItIs(@TempDir Path directory) throws Exception {
		Path source = Files.writeString(directory.resolve("Tracer.java"),
				"package io.micrometer.tracing; public interface Tracer { }");
		ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", directory.toString(), source.toString());
		try (URLClassLoader loader = new URLClassLoader(new URL[] { directory.toUri().toURL() },
				getClass().getClassLoader())) {
			SpringApplication traced = new SpringApplication();
			traced.setResourceLoader(new DefaultResourceLoader(loader));
			assertThat(value(traced)).isNull();
			assertThat(value(new SpringApplication())).isEqualTo("false");
		}
	}

	private static @Nullable String value(SpringApplication application) {
		MockEnvironment environment = new MockEnvironment();
		new ObservationDefault().postProcessEnvironment(environment, application);
		return environment.getProperty(ObservationDefault.PROPERTY);
	}

}
