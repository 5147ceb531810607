package io.github.securegrpc.client;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.github.securegrpc.material.SetProperties;

/**
 * Keeps passwords out of the frames that Netty logs at DEBUG, their headers whole: where
 * a channel or the server has {@code basic-auth}, they are logged only if the loggers are
 * set by their own names, and not with all of gRPC or all there is.
 */
final class FrameLogLevel implements EnvironmentPostProcessor {

	private static final String PREFIX = "secure-grpc";

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (SetProperties.under(environment, PREFIX)
			.anyMatch((property) -> property.letters(0).contains("basicauth"))) {
			Map<String, Object> levels = Stream.of("io.grpc.netty.", "io.grpc.netty.shaded.io.grpc.netty.")
				.flatMap((flavour) -> Stream.of(flavour + "NettyClientHandler", flavour + "NettyServerHandler"))
				.map("logging.level."::concat)
				.filter((level) -> !environment.containsProperty(level))
				.collect(Collectors.toMap((level) -> level, (level) -> "info"));
			environment.getPropertySources().addLast(new MapPropertySource(FrameLogLevel.class.getName(), levels));
		}
	}

}
