package io.github.securegrpc.migration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientProperties;
import org.springframework.boot.grpc.server.autoconfigure.GrpcServerProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails when net.devh has a key that we do not know, or when one that we write is none
 * that is read.
 */
class DriftTests {

	private static final Map<String, String> VALUES = Map.of("port", "9091", "address", "127.0.0.1",
			"maxinboundmessagesize", "10MB", "maxinboundmetadatasize", "10KB", "permitkeepalivewithoutcalls", "true",
			"keepalivewithoutcalls", "true", "healthserviceenabled", "true", "reflectionserviceenabled", "true");

	@Test
	void everyKeyOfNetDevhIsKnown() throws IOException {
		Set<String> server = new TreeSet<>();
		Set<String> channel = new TreeSet<>();
		for (String name : names("grpc.")) {
			NetDevhKey key = NetDevhKey.of(name);
			if (key != null) {
				(key.isServer() ? server : channel).add(key.name());
			}
		}
		assertThat(server).hasSizeGreaterThan(25).isSubsetOf(ServerCounterparts.ALL.keySet());
		assertThat(channel).hasSizeGreaterThan(18).isSubsetOf(ChannelCounterparts.ALL.keySet());
	}

	@Test
	void whatIsWrittenForSpringBootIsRead() {
		Map<String, String> server = written("grpc.server.", ServerCounterparts.ALL, "spring.");
		Map<String, String> client = written("grpc.client.x.", ChannelCounterparts.ALL, "spring.");
		assertThat(server).hasSize(15);
		assertThat(client).hasSize(8);
		// by conditions only
		server.keySet().removeAll(Set.of("spring.grpc.server.health.enabled", "spring.grpc.server.reflection.enabled"));
		GrpcServerProperties readServer = bind(server, "spring.grpc.server", GrpcServerProperties.class);
		GrpcClientProperties readClient = bind(client, "spring.grpc.client", GrpcClientProperties.class);
		assertThat(readServer.getKeepalive().getTime()).hasSeconds(30);
		assertThat(readClient.getChannel()).containsOnlyKeys("x");
	}

	@Test
	void whatIsWrittenForSpringBootsServerIsInItsMetadata() throws IOException {
		assertThat(written("grpc.server.", ServerCounterparts.ALL, "spring.").keySet())
			.isSubsetOf(names("spring.grpc."));
	}

	@Test
	void whatIsWrittenForUsIsInOurMetadata() throws IOException {
		Set<String> ours = names("secure-grpc.");
		assertThat(written("grpc.server.", ServerCounterparts.ALL, "secure-grpc.").keySet()).hasSize(7)
			.isSubsetOf(ours);
		Set<String> channel = written("grpc.client.x.", ChannelCounterparts.ALL, "secure-grpc.").keySet()
			.stream()
			.map((key) -> key.replace(".channels.x.", "."))
			.collect(Collectors.toSet());
		assertThat(ours).contains("secure-grpc.client.channels");
		assertThat(channel).hasSize(6).contains("secure-grpc.client.server-name");
		channel.remove("secure-grpc.client.server-name");
		assertThat(ours).containsAll(channel);
	}

	private static <T> T bind(Map<String, String> properties, String prefix, Class<T> type) {
		return new Binder(new MapConfigurationPropertySource(properties))
			.bind(prefix, Bindable.of(type), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();
	}

	private static Map<String, String> written(String owner, Map<String, Counterpart> known, String prefix) {
		Stream<Setting> more = Stream.of("enable-keep-alive", "security.client-auth-enabled")
			.map((name) -> setting(owner + name, "true"));
		List<Setting> all = Stream
			.concat(more, known.keySet().stream().map((name) -> setting(owner + name, value(name))))
			.toList();
		Map<String, String> written = new TreeMap<>();
		for (Setting setting : Move.of(all)) {
			if (setting.key().startsWith(prefix)) {
				written.put(setting.key(), setting.value());
			}
		}
		return written;
	}

	private static String value(String name) {
		return VALUES.getOrDefault(name, (name.endsWith("type") || name.endsWith("auth")) ? "plaintext"
				: name.toLowerCase(Locale.ROOT).contains("enable") ? "true" : "30");
	}

	private static Setting setting(String key, String value) {
		return new Setting(List.of(), key, new Text(value, value));
	}

	private static Set<String> names(String prefix) throws IOException {
		Set<String> names = new TreeSet<>();
		for (URL url : Collections
			.list(DriftTests.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream metadata = url.openStream()) {
				for (JsonNode property : new ObjectMapper().readTree(metadata).path("properties")) {
					names.add(property.path("name").asText());
				}
			}
		}
		names.removeIf((name) -> !name.startsWith(prefix));
		assertThat(names).as(prefix).isNotEmpty();
		return names;
	}

}
