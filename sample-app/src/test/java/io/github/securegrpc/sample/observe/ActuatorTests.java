package io.github.securegrpc.sample.observe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skyscreamer.jsonassert.JSONAssert;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What actuator says over HTTP.
 */
class ActuatorTests {

	@Test
	void endpointSpeaksTheJsonThatMonitoringReads(@TempDir Path directory) throws Exception {
		try (RunningSample sample = new RunningSample(directory, Duration.ofDays(90))) {
			sample.handshakeWithoutCertificate();
			String json = Awaitility.await()
				.until(() -> sample.get("actuator/grpccertificates"), (text) -> text.contains("VERIFICATION_FAILED"));
			JSONAssert.assertEquals(golden("grpccertificates.json"), stable(json, directory), true);
		}
	}

	@Test
	void writeTellsWhatCameOfEachMaterial(@TempDir Path directory) throws Exception {
		try (RunningSample sample = new RunningSample(directory, Duration.ofDays(90),
				"--secure-grpc.reload.enabled=false")) {
			JSONAssert.assertEquals(
					"{client: {outcome: UNCHANGED, reason: null}, server: {outcome: UNCHANGED, reason: null}}",
					sample.post("actuator/grpccertificates"), true);
			sample.renew(Duration.ofDays(90));
			JSONAssert.assertEquals("{client: {outcome: ROTATED}, server: {outcome: ROTATED}}",
					sample.post("actuator/grpccertificates"), false);
			Files.writeString(sample.key(), "");
			assertThat(sample.post("actuator/grpccertificates")).contains("\"outcome\":\"REFUSED\"")
				.contains("holds nothing (0 bytes)");
			assertThat(sample.get("actuator/health")).contains("\"lastRefusal\"").contains("holds nothing (0 bytes)");
		}
	}

	@Test
	void healthHasAComponentForEachMaterialAndTellsWhatIsServed(@TempDir Path directory) {
		try (RunningSample sample = new RunningSample(directory, Duration.ofDays(90))) {
			String health = Awaitility.await()
				.until(() -> sample.get("actuator/health/grpcCertificates/server"), (text) -> text.contains("served"));
			assertThat(health).contains("\"status\":\"UP\"")
				.contains("\"state\":\"VALID\"")
				.contains("the leaf in force");
			assertThat(sample.get("actuator/health/grpcCertificates/client")).contains("\"status\":\"UP\"");
			assertThat(sample.get("actuator/health/db")).contains("\"status\":\"UP\"").contains("H2");
		}
	}

	@Test
	void nothingThatIsSecretIsShown(@TempDir Path directory) throws IOException {
		try (RunningSample sample = new RunningSample(directory, Duration.ofDays(90))) {
			String key = Files.readString(sample.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
			for (String path : new String[] { "", "actuator/grpccertificates", "actuator/health",
					"actuator/prometheus" }) {
				String shown = sample.get(path).replaceAll("\\s", "");
				assertThat(shown).as(path).isNotEmpty().doesNotContain(key.substring(0, 40)).doesNotContain("BEGIN");
			}
		}
	}

	private static String stable(String json, Path directory) {
		return json.replace(directory.toString(), "DIRECTORY")
			.replaceAll("\"fingerprint\":\"[0-9a-f]{64}\"", "\"fingerprint\":\"SHA256\"")
			.replaceAll("\"serial\":\"[0-9a-f]{20,32}\"", "\"serial\":\"SERIAL\"")
			.replaceAll("\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\"", "\"TIME\"")
			.replaceAll("\"secondsLeft\":\\d{7,9}", "\"secondsLeft\":1")
			.replaceAll("127\\.0\\.0\\.1:\\d{4,5}\"", "127.0.0.1:PORT\"")
			.replaceAll(" \\(error:[^)]+\\)", "")
			.replaceAll("\"connections\":\\d", "\"connections\":1");
	}

	private static String golden(String name) throws IOException {
		try (InputStream file = Objects.requireNonNull(ActuatorTests.class.getResourceAsStream("/observe/" + name))) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
