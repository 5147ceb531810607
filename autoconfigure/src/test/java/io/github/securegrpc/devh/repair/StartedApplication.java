package io.github.securegrpc.devh.repair;

import java.util.Map;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;

/**
 * An application that has all auto-configurations of its class path, started as
 * applications are: import filters work nowhere else.
 */
public final class StartedApplication {

	static final Map<String, String> PLAINTEXT = Map.of("grpc.server.address", "127.0.0.1", "grpc.server.port", "0",
			"secure-grpc.server.plaintext", "loopback", "secure-grpc.client.plaintext", "loopback");

	/** Names a type of which there is to be a bean. */
	public static final String BEAN = "bean";

	/** Names a type of bean that a bean of the application's asks for. */
	public static final String ASKED = "asked";

	private StartedApplication() {
	}

	static SpringApplication of(Class<?>... sources) {
		SpringApplication application = bare(sources);
		application.setDefaultProperties(Map.copyOf(PLAINTEXT));
		return application;
	}

	private static SpringApplication bare(Class<?>... sources) {
		return new SpringApplicationBuilder(Everything.class).sources(sources)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.build();
	}

	/*
	 * With a bean of the type that the property bean names, made without its constructor.
	 */
	public static String[] beans(Map<String, String> properties) {
		SpringApplication application = bare();
		application.setDefaultProperties(Map.copyOf(properties));
		application.addInitializers((context) -> register(context, properties.get(BEAN)));
		application.addInitializers((context) -> ask(context, properties.get(ASKED)));
		try (ConfigurableApplicationContext context = application.run()) {
			return context.getBeanDefinitionNames();
		}
	}

	private static void register(ConfigurableApplicationContext context, @Nullable String type) {
		if (type != null) {
			context.getBeanFactory()
				.registerSingleton("theirs",
						new SpringObjenesis().newInstance(ClassUtils.resolveClassName(type, null), false));
		}
	}

	private static void ask(ConfigurableApplicationContext context, @Nullable String type) {
		if (type != null) {
			context
				.addBeanFactoryPostProcessor((beans) -> ((BeanDefinitionRegistry) beans).registerBeanDefinition("asks",
						BeanDefinitionBuilder.rootBeanDefinition(Object[].class, () -> new Object[0])
							.addDependsOn(
									beans.getBeanNamesForType(ClassUtils.resolveClassName(type, null), true, false)[0])
							.getBeanDefinition()));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everything {

		/* Spring Boot's own gRPC has a server only where it has a service. */
		@Bean
		BindableService nothing() {
			return () -> ServerServiceDefinition.builder("test.Nothing").build();
		}

	}

}
