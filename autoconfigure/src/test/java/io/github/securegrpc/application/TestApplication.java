package io.github.securegrpc.application;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.test.util.TestSocketUtils;

/**
 * A whole application with the engine's health service, started and called as users do.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class TestApplication {

	public static ConfigurableApplicationContext start(ClassLoader loader, String... properties) {
		return start(loader, List.of(TestApplication.class), properties);
	}

	public static ConfigurableApplicationContext start(TestEngine engine, ClassLoader loader, String... properties) {
		return start(engine, loader, List.of(TestApplication.class), properties);
	}

	static ConfigurableApplicationContext start(ClassLoader loader, List<Class<?>> sources, String... properties) {
		return start(TestEngine.current(), loader, sources, properties);
	}

	public static ConfigurableApplicationContext start(TestEngine engine, ClassLoader loader, List<Class<?>> sources,
			String... properties) {
		String[] arguments = Arrays.stream(engine.properties(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(loader);
		try {
			return new SpringApplicationBuilder(sources.toArray(Class<?>[]::new)).web(WebApplicationType.NONE)
				.resourceLoader(new DefaultResourceLoader(loader))
				.properties(engine.properties("grpc.server.port=" + TestSocketUtils.findAvailableTcpPort(),
						"grpc.server.address=127.0.0.1", "spring.main.banner-mode=off", "logging.level.root=warn"))
				.run(arguments);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	public static ConfigurableApplicationContext start(String... properties) {
		return start(TestNetty.current().loader(), properties);
	}

	public static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment()
			.getRequiredProperty(TestEngine.of(context).name("grpc.server.port"), Integer.class);
	}

	public static HealthCheckResponse.ServingStatus check(Channel channel) {
		return HealthGrpc.newBlockingStub(channel)
			.withDeadlineAfter(10, TimeUnit.SECONDS)
			.check(HealthCheckRequest.getDefaultInstance())
			.getStatus();
	}

	public static HealthCheckResponse.ServingStatus call(ConfigurableApplicationContext context, String channel) {
		return check(channel(context, channel));
	}

	public static Channel channel(ConfigurableApplicationContext context, String channel) {
		return TestEngine.of(context).channel(context, channel);
	}

	/** What net.devh's engine has of itself, and Spring Boot's in another version. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "secure-grpc.engine", havingValue = "boot")
	static class Reflection {

		@Bean
		@SuppressWarnings("deprecation")
		BindableService olderReflection() {
			return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
		}

	}

}
