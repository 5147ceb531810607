package io.github.securegrpc.devh.repair;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

/**
 * Leaves out net.devh's observation of each call where nobody traces, unless the
 * application asks for it. It was left out on Spring Boot 4 before
 * {@link DevhOrderAutoConfiguration}, and costs more than all else that is ours and
 * net.devh's in a call; its meters repeat those of net.devh's metrics.
 */
final class ObservationDefault implements EnvironmentPostProcessor {

	static final String PROPERTY = "management.tracing.grpc.enabled";

	private static final String TRACER = "io.micrometer.tracing.Tracer";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		// the application's default properties stand behind whatever is added here
		if (!environment.containsProperty(PROPERTY) && !ClassUtils.isPresent(TRACER, application.getClassLoader())) {
			environment.getPropertySources()
				.addLast(new MapPropertySource(ObservationDefault.class.getName(), Map.of(PROPERTY, "false")));
		}
	}

}
