package io.github.securegrpc.devh.repair;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that has all auto-configurations of its class path, started as
 * applications are: import filters work nowhere else.
 */
public final class StartedApplication {

	private StartedApplication() {
	}

	static SpringApplication of(Class<?>... sources) {
		return new SpringApplicationBuilder(Everything.class).sources(sources)
			.web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties("grpc.server.address=127.0.0.1", "grpc.server.port=0", "secure-grpc.server.plaintext=loopback",
					"secure-grpc.client.plaintext=loopback")
			.build();
	}

	public static String[] beans() {
		try (ConfigurableApplicationContext context = of().run()) {
			return context.getBeanDefinitionNames();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Everything {

	}

}
