package io.github.securegrpc.devh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import net.devh.boot.grpc.client.config.GrpcChannelProperties;
import net.devh.boot.grpc.client.config.GrpcChannelsProperties;
import net.devh.boot.grpc.server.config.GrpcServerProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.securegrpc.client.ClientProperties;
import io.github.securegrpc.material.RefusedException;
import io.github.securegrpc.server.ServerProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The table of docs/migrate.md and what a refusal advises are one: of every key that
 * net.devh has, they name the same counterpart, and there is one.
 */
class MigrationTests {

	private static final String SERVER = "grpc.server.security.";

	private static final String CHANNEL = "grpc.client.x.";

	private static final String SECURITY = "security.";

	private static final Pattern OURS = Pattern.compile("secure-grpc[\\w.<>-]*\\.[\\w-]+");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	@ParameterizedTest
	@MethodSource("keys")
	void tableHasTheCounterpartThatTheRefusalNames(String key) throws IOException {
		String row = row(key);
		List<String> here = names(row.substring(row.indexOf(" | ")));
		List<String> advised = advised(key);
		assertThat(advised).allSatisfy((ours) -> assertThat(here).as("%s, for %s", here, ours)
			.anyMatch((name) -> name.equals(last(ours)) || name.replaceFirst(": .*", "").equals(ours)));
		if (advised.isEmpty()) {
			assertThat(row).contains("| remove it");
		}
	}

	@ParameterizedTest
	@MethodSource("keys")
	void counterpartIsAProperty(String key) {
		assertThat(advised(key)).allMatch(MigrationTests::isProperty);
	}

	@ParameterizedTest
	@MethodSource("channelKeys")
	void counterpartForAllChannelsIsAProperty(String key) {
		assertThat(advised(key.replace(".x.", ".GLOBAL."))).allMatch(MigrationTests::isProperty)
			.noneMatch((ours) -> ours.contains("GLOBAL"));
	}

	@Test
	void everyKeyOfNetDevhIsAsked() {
		assertThat(keys())
			.contains(SERVER + "private-key-password", SERVER + "trust-store-format",
					CHANNEL + "security.authority-override", CHANNEL + "negotiation-type")
			.hasSizeGreaterThan(28);
	}

	/* A row has its first name in full, and of the others the last part. */
	private static String row(String key) throws IOException {
		List<String> rows = Files.readAllLines(Path.of("../docs/migrate.md"))
			.stream()
			.filter((line) -> line.startsWith("| `"))
			.filter((line) -> {
				List<String> left = names(line.substring(0, line.indexOf(" | ")));
				String prefix = left.get(0).substring(0, left.get(0).lastIndexOf('.') + 1);
				return left.contains(key) || (key.startsWith(prefix) && left.contains(key.substring(prefix.length())));
			})
			.toList();
		assertThat(rows).as(key).hasSize(1);
		return rows.get(0);
	}

	private static List<String> names(String cell) {
		return CODE.matcher(cell).results().map((name) -> name.group(1)).toList();
	}

	private static List<String> advised(String key) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("net.devh", Map.of(key, "x")));
		DevhConflicts conflicts = new DevhConflicts(environment);
		RefusedException refusal = catchThrowableOfType(RefusedException.class, () -> {
			conflicts.checkServer(new GrpcServerProperties());
			conflicts.checkChannels(new GrpcChannelsProperties());
		});
		assertThat(refusal).hasMessageContaining(key);
		return OURS.matcher(refusal.action()).results().map(MatchResult::group).toList();
	}

	static List<String> keys() {
		return Stream.concat(keys(GrpcServerProperties.Security.class, SERVER), channelKeys().stream()).toList();
	}

	static List<String> channelKeys() {
		return Stream
			.concat(keys(GrpcChannelProperties.Security.class, CHANNEL + SECURITY),
					Stream.of(CHANNEL + "negotiation-type"))
			.toList();
	}

	private static Stream<String> keys(Class<?> type, String prefix) {
		return Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> property.getWriteMethod() != null)
			.map((property) -> prefix + DataObjectPropertyName.toDashedForm(property.getName()));
	}

	private static boolean isProperty(String ours) {
		Class<?> type = ours.matches("secure-grpc\\.client\\.channels\\.[\\w<>]+\\.[\\w-]+")
				? ClientProperties.Channel.class
				: ours.startsWith("secure-grpc.client.") ? ClientProperties.class : ServerProperties.class;
		return Arrays.stream(type.getRecordComponents())
			.anyMatch((component) -> DataObjectPropertyName.toDashedForm(component.getName()).equals(last(ours)));
	}

	private static String last(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

}
