package io.github.securegrpc.boot;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.grpc.ForwardingServerBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A factory of ours takes the place of Spring Boot's: what Spring Boot's properties say
 * is in force all the same.
 */
class ServerPropertyDriftTests {

	private static final String PREFIX = "spring.grpc.server.";

	/* What ServerBuilderSettings sets, as the builder's method and its argument. */
	private static final Map<String, String> ON_THE_BUILDER = new TreeMap<>(Map.of("inbound.message.max-size",
			"maxInboundMessageSize", "inbound.metadata.max-size", "maxInboundMetadataSize", "keepalive.time",
			"keepAliveTime", "keepalive.timeout", "keepAliveTimeout", "keepalive.connection.max-idle-time",
			"maxConnectionIdle", "keepalive.connection.max-age", "maxConnectionAge",
			"keepalive.connection.grace-period", "maxConnectionAgeGrace", "keepalive.permit.time",
			"permitKeepAliveTime", "keepalive.permit.without-calls", "permitKeepAliveWithoutCalls"));

	/* What ListenAddress reads. */
	private static final Set<String> OF_THE_ADDRESS = Set.of("address", "port", "netty.transport",
			"netty.domain-socket-path");

	/* What BootConflicts refuses. */
	private static final Set<String> REFUSED = Set.of("ssl.bundle", "ssl.client-auth", "ssl.enabled", "ssl.secure");

	/* What BootServerAutoConfiguration reads, as Spring Boot's own does. */
	private static final Set<String> OF_THE_FACTORY = Set.of("enabled", "factory.enabled", "shutdown.grace-period",
			"servlet.enabled");

	/* What is for other beans of Spring Boot's, which stay. */
	private static final List<String> ELSEWHERE = List.of("health.", "inprocess.name", "observation.enabled",
			"reflection.enabled", "security.csrf.enabled", "servlet.validate-http2");

	@Test
	void everyPropertyOfSpringBootsServerIsKnownHere() throws IOException {
		Set<String> unknown = new TreeSet<>(properties());
		unknown.removeAll(ON_THE_BUILDER.keySet());
		unknown.removeAll(OF_THE_ADDRESS);
		unknown.removeAll(REFUSED);
		unknown.removeAll(OF_THE_FACTORY);
		unknown.removeIf((name) -> ELSEWHERE.stream().anyMatch(name::startsWith));
		assertThat(unknown).as("new properties of Spring Boot's, which our factory would drop").isEmpty();
	}

	@Test
	void everyPropertyThatIsKnownHereIsOneOfSpringBoots() throws IOException {
		assertThat(properties()).containsAll(ON_THE_BUILDER.keySet())
			.containsAll(OF_THE_ADDRESS)
			.containsAll(REFUSED)
			.containsAll(OF_THE_FACTORY);
	}

	@ParameterizedTest
	@CsvSource({ "inbound.message.max-size=5KB, 5120", "inbound.metadata.max-size=3KB, 3072", "keepalive.time=11s, 11s",
			"keepalive.timeout=12s, 12s", "keepalive.connection.max-idle-time=13s, 13s",
			"keepalive.connection.max-age=14s, 14s", "keepalive.connection.grace-period=15s, 15s",
			"keepalive.permit.time=16s, 16s", "keepalive.permit.without-calls=true, true" })
	void propertyReachesTheBuilder(String property, String value) {
		String[] parts = property.split("=", 2);
		Seen builder = new Seen();
		ServerBuilderSettings.fromProperties(properties(PREFIX + parts[0], parts[1]), builder);
		assertThat(builder.set).containsEntry(ON_THE_BUILDER.get(parts[0]), value);
	}

	@Test
	void everyOneOfThemIsTried() throws NoSuchMethodException {
		String[] tried = getClass().getDeclaredMethod("propertyReachesTheBuilder", String.class, String.class)
			.getAnnotation(CsvSource.class)
			.value();
		assertThat(Stream.of(tried).map((line) -> line.replaceFirst("=.*", "")))
			.containsExactlyInAnyOrderElementsOf(ON_THE_BUILDER.keySet());
	}

	private static Set<String> properties() throws IOException {
		for (URL metadata : Collections.list(ServerPropertyDriftTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			String json = new String(metadata.openStream().readAllBytes(), StandardCharsets.UTF_8);
			List<String> names = JsonPath.read(json, "$.properties[*].name");
			if (names.contains(PREFIX + "port")) {
				return names.stream()
					.filter((name) -> name.startsWith(PREFIX))
					.map((name) -> name.substring(PREFIX.length()))
					.collect(Collectors.toSet());
			}
		}
		throw new AssertionError("no metadata of Spring Boot's server");
	}

	private static GrpcServerProperties properties(String name, String value) {
		return new Binder(new MapConfigurationPropertySource(Map.of(name, value))).bindOrCreate("spring.grpc.server",
				GrpcServerProperties.class);
	}

	/** Notes what is set. */
	private static final class Seen extends ForwardingServerBuilder<Seen> {

		private final Map<String, String> set = new TreeMap<>();

		private final ServerBuilder<?> delegate = InProcessServerBuilder.forName("seen");

		@Override
		protected ServerBuilder<?> delegate() {
			return this.delegate;
		}

		private Seen note(String method, Object value) {
			this.set.put(method, value.toString());
			return this;
		}

		private Seen note(String method, long amount, TimeUnit unit) {
			return note(method, Duration.of(amount, unit.toChronoUnit()).toSeconds() + "s");
		}

		@Override
		public Seen maxInboundMessageSize(int bytes) {
			return note("maxInboundMessageSize", bytes);
		}

		@Override
		public Seen maxInboundMetadataSize(int bytes) {
			return note("maxInboundMetadataSize", bytes);
		}

		@Override
		public Seen keepAliveTime(long amount, TimeUnit unit) {
			return note("keepAliveTime", amount, unit);
		}

		@Override
		public Seen keepAliveTimeout(long amount, TimeUnit unit) {
			return note("keepAliveTimeout", amount, unit);
		}

		@Override
		public Seen maxConnectionIdle(long amount, TimeUnit unit) {
			return note("maxConnectionIdle", amount, unit);
		}

		@Override
		public Seen maxConnectionAge(long amount, TimeUnit unit) {
			return note("maxConnectionAge", amount, unit);
		}

		@Override
		public Seen maxConnectionAgeGrace(long amount, TimeUnit unit) {
			return note("maxConnectionAgeGrace", amount, unit);
		}

		@Override
		public Seen permitKeepAliveTime(long amount, TimeUnit unit) {
			return note("permitKeepAliveTime", amount, unit);
		}

		@Override
		public Seen permitKeepAliveWithoutCalls(boolean permit) {
			return note("permitKeepAliveWithoutCalls", permit);
		}

		@Override
		public @Nullable Server build() {
			return null;
		}

	}

}
