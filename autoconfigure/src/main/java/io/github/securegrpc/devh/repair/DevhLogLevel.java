package io.github.securegrpc.devh.repair;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Has one logger of Spring's speak of errors only, unless the application says otherwise:
 * it warns, before anything else is to be read, that net.devh's metrics name a class of
 * Boot 3's to be placed after, for which {@link DevhOrderAutoConfiguration} makes up.
 */
final class DevhLogLevel implements EnvironmentPostProcessor {

	static final String PROPERTY = "logging.level.org.springframework.core.annotation.MergedAnnotation";

	private static final String[] NAMES = { "net.devh.boot.grpc.client.autoconfigure.GrpcClientMetricAutoConfiguration",
			"net.devh.boot.grpc.server.autoconfigure.GrpcServerMetricAutoConfiguration" };

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (environment.containsProperty(PROPERTY)) {
			return;
		}
		for (String name : NAMES) {
			if (ClassUtils.isPresent(name, application.getClassLoader())) {
				environment.getPropertySources()
					.addLast(new MapPropertySource(DevhLogLevel.class.getName(), Map.of(PROPERTY, "error")));
				return;
			}
		}
	}

}
