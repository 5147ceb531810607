package io.github.securegrpc.application;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.grpc.Channel;
import net.devh.boot.grpc.client.channelfactory.GrpcChannelFactory;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * The engine that the applications of the tests run on. Their properties are written in
 * net.devh's words and handed to Spring Boot's own gRPC in its own.
 */
public enum TestEngine {

	/** net.devh's starters. */
	DEVH {

		@Override
		public String[] properties(String... properties) {
			return properties;
		}

		@Override
		public String name(String property) {
			return property;
		}

		@Override
		public Channel channel(ConfigurableApplicationContext context, String name) {
			return context.getBean(GrpcChannelFactory.class).createChannel(name);
		}

		@Override
		public void dial(ConfigurableApplicationContext context, String channel, String target) {
			context.getBean(GrpcChannelsProperties.class).getChannel(channel).setAddress(target);
		}

		@Override
		public <T> T either(T devh, T boot) {
			return devh;
		}

	},

	/** Spring Boot's own gRPC. */
	BOOT {

		@Override
		public String[] properties(String... properties) {
			return Stream
				.concat(Arrays.stream(properties).flatMap(TestEngine::translated),
						Stream.of("secure-grpc.engine=boot", "spring.grpc.server.health.enabled=true"))
				.toArray(String[]::new);
		}

		@Override
		public String name(String property) {
			return translated(property + "=").findFirst().orElseThrow().replaceFirst("=$", "");
		}

		/* The factory makes a new one each time. */
		@Override
		public Channel channel(ConfigurableApplicationContext context, String name) {
			return CHANNELS.computeIfAbsent(context, (it) -> new ConcurrentHashMap<>())
				.computeIfAbsent(name, (it) -> context.getBean(org.springframework.grpc.client.GrpcChannelFactory.class)
					.createChannel(targetWithin(context, it)));
		}

		@Override
		public void dial(ConfigurableApplicationContext context, String channel, String target) {
			context.getBean(GrpcClientProperties.class)
				.getChannel()
				.computeIfAbsent(channel, (it) -> new GrpcClientProperties.Channel())
				.setTarget(target);
		}

		@Override
		public <T> T either(T devh, T boot) {
			return boot;
		}

	};

	private static final String ENGINE = "secure-grpc.engine";

	private static final Map<ConfigurableApplicationContext, Map<String, Channel>> CHANNELS = Collections
		.synchronizedMap(new WeakHashMap<>());

	/* Of a channel, what follows its name. */
	private static final Map<String, String> OF_CHANNELS = Map.of("address", "target");

	private static final Map<String, String> OF_SERVER = Map.of("grpc.server.port", "spring.grpc.server.port",
			"grpc.server.address", "spring.grpc.server.address", "grpc.server.in-process-name",
			"spring.grpc.server.inprocess.name", "grpc.server.shutdown-grace-period",
			"spring.grpc.server.shutdown.grace-period");

	/* Spring Boot's factory within the process knows no names. */
	private static String targetWithin(ConfigurableApplicationContext context, String name) {
		String target = context.getEnvironment()
			.getProperty("spring.grpc.client.channel.%s.target".formatted(name), name);
		return target.startsWith("in-process:") ? target : name;
	}

	/* Of the application's properties. */
	public abstract String[] properties(String... properties);

	/* Of one property, as its messages have it. */
	public abstract String name(String property);

	/* The channel of a name, always the same. */
	public abstract Channel channel(ConfigurableApplicationContext context, String name);

	/* What a channel that is not made yet is to dial. */
	public abstract void dial(ConfigurableApplicationContext context, String channel, String target);

	/* What is meant for it. */
	public abstract <T> T either(T devh, T boot);

	/* The one that a test runs on which does not say. */
	public static TestEngine current() {
		return valueOf(System.getProperty("test.engine", "devh").toUpperCase(Locale.ROOT));
	}

	/* The one of an application. */
	public static TestEngine of(ConfigurableApplicationContext context) {
		return isBoot(context.getEnvironment()) ? BOOT : DEVH;
	}

	public static boolean isBoot(Environment environment) {
		return environment.getProperty(ENGINE, "").equalsIgnoreCase("boot");
	}

	private static Stream<String> translated(String property) {
		String[] parts = property.split("=", 2);
		String name = parts[0];
		String value = (parts.length > 1) ? parts[1] : "";
		if (name.equals("grpc.server.port") && value.equals("-1")) {
			return Stream.of("spring.grpc.server.factory.enabled=false");
		}
		if (name.equals("grpc.server.address") && value.startsWith("unix:")) {
			return Stream.of("spring.grpc.server.netty.transport=domain-socket",
					"spring.grpc.server.netty.domain-socket-path=" + value.substring("unix:".length()));
		}
		if (name.equals("grpc.server.address") && value.equals("*")) {
			return Stream.of("spring.grpc.server.address=");
		}
		if (OF_SERVER.containsKey(name)) {
			return Stream.of(OF_SERVER.get(name) + "=" + value);
		}
		if (name.startsWith("grpc.client.")) {
			String[] words = name.substring("grpc.client.".length()).split("\\.", 2);
			return Stream.of("spring.grpc.client.channel.%s.%s=%s".formatted(words[0],
					OF_CHANNELS.getOrDefault(words[1], words[1]), value));
		}
		return Stream.of(property);
	}

}
